package org.adapterstudio.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetachedRunsTest {
  @TempDir Path folder;

  @Test
  void returnsWhenTheEngineHoldsTheRunAndRefusesASecondOne() throws Exception {
    RunFolder run = run();
    launch(run, "wait");
    assertThat(EngineLock.held(run)).isTrue();
    assertThatThrownBy(() -> launch(run, "wait"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("already at work");
    run.send(new Command.Stop());
    assertThat(end(run)).isEqualTo(RunState.STOPPED);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void givesTheEngineASessionOfItsOwn() throws Exception {
    RunFolder run = run();
    launch(run, "wait");
    long pid = awaitStarted(run).pid();
    assertThat(session(pid)).isEqualTo(pid).isNotEqualTo(session(ProcessHandle.current().pid()));
    run.send(new Command.Stop());
    assertThat(end(run)).isEqualTo(RunState.STOPPED);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theEngineOutlivesTheProcessThatLaunchedIt() throws Exception {
    RunFolder run = run();
    var command = new ArrayList<>(EchoTraining.command(run.path(), "wait"));
    command.set(command.indexOf(EchoTraining.class.getName()), Launching.class.getName());
    Process parent = new ProcessBuilder(command).inheritIO().start();
    awaitStarted(run);
    parent.destroyForcibly().waitFor();
    assertThat(EngineLock.held(run)).isTrue();
    run.send(new Command.Stop());
    assertThat(end(run)).isEqualTo(RunState.STOPPED);
  }

  @Test
  void reportsAnEngineThatDiesBeforeItsFirstEvent() throws Exception {
    assertThatThrownBy(() -> launch(run(), "unborn"))
        .isInstanceOfSatisfying(
            StudioException.class,
            e -> {
              assertThat(e.failure().sentence()).contains("exit code 3");
              assertThat(e.failure().detail()).contains("no room to start");
            });
  }

  @Test
  void commandsOfAnEarlierEngineDoNotReachTheNextOne() throws Exception {
    RunFolder run = run();
    run.send(new Command.Stop());
    launch(run, "wait");
    awaitStep(run, 3);
    assertThat(RunHistory.of(run).state().live()).isTrue();
    run.send(new Command.Stop());
    assertThat(end(run)).isEqualTo(RunState.STOPPED);
  }

  /** Launches a run and then stays, to be killed. */
  public static final class Launching {
    private Launching() {}

    public static void main(String[] args) throws Exception {
      launch(new RunFolder(Path.of(args[0])), args[1]);
      Thread.sleep(60_000);
    }
  }

  private RunFolder run() {
    var recipe = new Recipe(1, "echo", null, null, null, null, null);
    return RunFolder.create(folder.resolve("run"), recipe);
  }

  private static void launch(RunFolder run, String ending) {
    DetachedRuns.startedBy(path -> EchoTraining.command(path, ending)).launch(run);
  }

  private static Event.Started awaitStarted(RunFolder run) throws InterruptedException {
    var history = new RunHistory(run);
    while (history.last(Event.Started.class).isEmpty()) {
      Thread.sleep(20);
      history.refresh();
    }
    return history.last(Event.Started.class).orElseThrow();
  }

  private static void awaitStep(RunFolder run, int step) throws InterruptedException {
    while (RunHistory.of(run).step() < step) {
      Thread.sleep(20);
    }
  }

  private static RunState end(RunFolder run) throws InterruptedException {
    while (EngineLock.held(run)) {
      Thread.sleep(20);
    }
    return RunHistory.of(run).state();
  }

  /** Field 6 of /proc/PID/stat; the fields start behind the program's name in brackets. */
  private static long session(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }
}
