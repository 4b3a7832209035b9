package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DiskFullTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir Path folder;

  /**
   * The system lets no file of the engine grow beyond a size that the trained tensors keep within
   * and the optimizer's do not: the save breaks off in the middle, as on a full disk.
   */
  @Test
  void aDiskThatIsFullInTheMiddleOfASavePausesTheRunWhichGoesOnWhenThereIsRoom() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PRLIMIT), "needs prlimit");
    RunFolder run =
        new PicoProject(folder)
            .run(
                "full",
                "training.max_steps=150",
                "training.save_steps=5",
                "training.eval_steps=0",
                "training.spectrum_steps=0",
                "adapter.rank=16");
    Process engine = EngineProcesses.start(run);
    try {
      await(engine, run, history -> history.last(Event.CheckpointSaved.class).isPresent());
      limit(engine, "90000:unlimited");
      RunHistory full = await(engine, run, history -> history.state() == RunState.PAUSED);
      Event.Warned warning = full.last(Event.Warned.class).orElseThrow();
      assertThat(warning.kind()).isEqualTo("disk_full");
      assertThat(warning.sentence()).contains("could not be written: File too large");
      assertThat(warning.proof()).contains("earlier checkpoints are intact", "is paused");
      assertThat(run.checkpointSteps()).isNotEmpty();
      assertThat(run.checkpointSteps()).allMatch(step -> Checkpoint.sound(run.checkpoint(step)));
      try (var left = Files.list(run.checkpoints())) {
        assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
      }
      run.send(new Command.GoOn());
      await(engine, run, history -> history.all(Event.Paused.class).size() == 2);
      limit(engine, "unlimited:unlimited");
      run.send(new Command.GoOn());
      assertThat(engine.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      engine.destroyForcibly().waitFor();
    }
    assertThat(RunHistory.of(run).state()).isEqualTo(RunState.FINISHED);
    assertThat(RunHistory.of(run).all(Event.Step.class)).hasSize(150);
  }

  @Test
  void roomForTheNextCheckpointIsLookedForBeforeItIsBegun() {
    var disk = new Disk(() -> 10_000_000);
    assertThatCode(() -> disk.makeSure(9, 0)).doesNotThrowAnyException();
    assertThatCode(() -> disk.makeSure(9, 5_000_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> disk.makeSure(9, 7_000_000))
        .hasMessageContaining("step 9: it takes 7,000 kB and 10,000 kB are free");
  }

  private static void limit(Process engine, String bytes) throws Exception {
    Process set =
        new ProcessBuilder(
                PRLIMIT.toString(), "--pid", String.valueOf(engine.pid()), "--fsize=" + bytes)
            .inheritIO()
            .start();
    assertThat(set.waitFor()).isZero();
  }

  private static RunHistory await(Process engine, RunFolder run, Predicate<RunHistory> condition)
      throws Exception {
    var history = RunHistory.of(run);
    while (!condition.test(history)) {
      assertThat(engine.isAlive()).as(() -> lastWord(run)).isTrue();
      Thread.sleep(20);
      history.refresh();
    }
    return history;
  }

  private static String lastWord(RunFolder run) {
    return RunHistory.of(run).entries().getLast().toString();
  }
}
