package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EchoTraining;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Follows real detached processes that behave as engines. */
@Timeout(60)
class RunFollowerTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();
  private RunFolder run;
  private volatile Runnable interrupt = () -> {};

  @BeforeEach
  void createRun() {
    run =
        RunFolder.create(folder.resolve("run"), new Recipe(1, null, null, null, null, null, null));
  }

  @Test
  void followsToTheEnd() {
    launch("finish");
    assertThat(follower().attached()).isZero();
    assertThat(err.toString()).contains("3 steps over 10 rows", "training [", "Finished run");
  }

  @Test
  void tellsAFailureInItsOwnWords() {
    launch("fail");
    assertThat(follower().attached()).isEqualTo(1);
    assertThat(err.toString()).contains("The loss is NaN. Lower the rate.");
  }

  @Test
  void callsADeadEngineLost() {
    launch("die");
    assertThat(follower().attached()).isEqualTo(1);
    assertThat(err.toString()).contains("Engine lost", "studio resume run", "engine.log");
  }

  @Test
  void theFirstInterruptStopsTheRunAndExitsWith130() throws Exception {
    launch("wait");
    var follower = follower();
    onceListening(() -> interrupt.run());
    assertThat(follower.attached()).isEqualTo(130);
    assertThat(err.toString()).contains("Stopping:", "Stopped at step 3. `studio resume run`");
    assertThat(EngineLock.held(run)).isFalse();
  }

  @Test
  void theSecondInterruptLeavesTheRunAndSaysHowToWatchItAgain() throws Exception {
    launch("finish");
    var follower = follower();
    onceListening(
        () -> {
          interrupt.run();
          interrupt.run();
        });
    assertThat(follower.attached()).isEqualTo(130);
    assertThat(err.toString()).contains("studio show run --follow");
    assertThat(EngineLock.held(run)).isTrue();
    while (EngineLock.held(run)) {
      Thread.sleep(20);
    }
  }

  @Test
  void watchingARunThatSomebodyElseStopsIsNoSuccess() {
    launch("wait");
    run.send(new Command.Stop());
    assertThat(follower().watching()).isEqualTo(1);
    assertThat(RunHistory.of(run).step()).isEqualTo(3);
  }

  private void launch(String ending) {
    DetachedRuns.startedBy(path -> EchoTraining.command(path, ending)).launch(run);
  }

  private RunFollower follower() {
    var desk =
        new Desk(
            new PrintWriter(err),
            new PrintWriter(err),
            folder,
            () -> null,
            _ -> {},
            onInterrupt -> {
              interrupt = onInterrupt;
              return () -> {};
            },
            _ -> {},
            null,
            false);
    return new RunFollower(desk, run);
  }

  private void onceListening(Runnable then) {
    Runnable before = interrupt;
    Thread.ofVirtual()
        .start(
            () -> {
              while (interrupt == before) {
                Thread.onSpinWait();
              }
              then.run();
            });
  }
}
