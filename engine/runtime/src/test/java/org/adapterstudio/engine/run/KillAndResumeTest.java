package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine is killed at random moments: while it calibrates, in the middle of steps and saves, in
 * a pause. Nothing may be lost, nothing half-written look whole, no state stay behind.
 */
class KillAndResumeTest {
  private static final int STEPS = 400;

  /** Saves at every second step, so that about half of all kills meet one. */
  private static final String[] SETTINGS = {
    "training.max_steps=" + STEPS,
    "training.save_steps=2",
    "training.eval_steps=50",
    "training.save_total_limit=2",
    "adapter.initializer=corda",
    "adapter.knobs.calibration_rows=12",
    "adapter.target_modules=.*q_proj"
  };

  @TempDir Path folder;

  @Test
  void killedInTheMiddleOfASaveAndAtOtherMomentsEveryRestartFindsALoadableCheckpointAndGoesOn()
      throws Exception {
    killAndCompare(20, System.nanoTime());
  }

  @Test
  @Tag("nightly")
  void twoHundredKillsAtSuchMomentsLeaveTheTrajectoryOfAnUnbrokenRun() throws Exception {
    long seed = System.nanoTime();
    for (int round = 0; round < 10; round++) {
      killAndCompare(20, seed + round);
    }
  }

  private void killAndCompare(int kills, long seed) throws Exception {
    System.out.println("kill test: " + kills + " kills, seed " + seed);
    var project = new PicoProject(Files.createTempDirectory(folder, "project"));
    var random = new Random(seed);
    String[] settings = java.util.Arrays.copyOf(SETTINGS, SETTINGS.length + 1);
    settings[SETTINGS.length] = "training.seed=" + random.nextInt(1 << 30); // a start not yet kept
    RunFolder killed = project.run("killed", settings);
    int survived = 0;
    for (int kill = 1; kill <= kills && state(killed) != RunState.FINISHED; kill++) {
      survived += killOnce(killed, moment(kill), random) ? 1 : 0;
    }
    System.out.println("kill test: " + survived + " kills hit a living engine");
    if (state(killed) != RunState.FINISHED) {
      assertThat(EngineProcesses.start(killed).waitFor()).isZero();
    }
    assertThat(state(killed)).isEqualTo(RunState.FINISHED);
    RunFolder unbroken = project.run("unbroken", settings);
    assertThat(RunEngine.run(unbroken.path())).isTrue();
    assertThat(losses(killed)).isEqualTo(losses(unbroken));
    assertThat(Files.readAllBytes(killed.adapter().resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(unbroken.adapter().resolve("adapter_model.safetensors")));
  }

  /** What is waited for before a kill. */
  private enum Moment {
    CALIBRATING,
    TRAINING,
    PAUSED
  }

  private static Moment moment(int kill) {
    return kill <= 2 ? Moment.CALIBRATING : kill % 5 == 0 ? Moment.PAUSED : Moment.TRAINING;
  }

  /** Starts the engine and kills it a random while after a moment. */
  private static boolean killOnce(RunFolder run, Moment moment, Random random) throws Exception {
    int before = RunHistory.of(run).all(Event.Started.class).size();
    Process engine = EngineProcesses.start(run);
    var first = moment == Moment.CALIBRATING ? RunState.CALIBRATING : RunState.TRAINING;
    await(engine, run, before, EnumSet.of(first, RunState.TRAINING));
    if (moment == Moment.PAUSED) {
      run.send(new Command.Pause());
      await(engine, run, before, Set.of(RunState.PAUSED));
    }
    Thread.sleep(random.nextInt(moment == Moment.TRAINING ? 250 : 60));
    boolean alive = engine.isAlive();
    engine.destroyForcibly();
    assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
    checkAfterKill(run);
    return alive;
  }

  private static void await(Process engine, RunFolder run, int startsBefore, Set<RunState> states)
      throws InterruptedException {
    var history = RunHistory.of(run);
    while (engine.isAlive()
        && !(history.all(Event.Started.class).size() > startsBefore
            && states.contains(history.state()))) {
      Thread.sleep(10);
      history.refresh();
    }
  }

  private static void checkAfterKill(RunFolder run) throws IOException {
    assertThat(EngineLock.held(run)).isFalse();
    assertThat(state(run)).isIn(RunState.ENGINE_LOST, RunState.FINISHED);
    List<Integer> steps = run.checkpointSteps();
    for (int step : steps) {
      assertThat(Checkpoint.sound(run.checkpoint(step))).as("checkpoint " + step).isTrue();
    }
    try (var files = Files.walk(run.path())) {
      assertThat(files.filter(Files::isRegularFile).filter(KillAndResumeTest::told))
          .allSatisfy(file -> assertThat(Files.size(file)).isPositive());
    }
  }

  /** Files that say something; the lock never does, the engine's log need not. */
  private static boolean told(Path file) {
    String name = file.toString();
    return !name.contains(".part") && !name.endsWith("engine.lock") && !name.endsWith("engine.log");
  }

  private static RunState state(RunFolder run) {
    return RunHistory.of(run).state();
  }

  private static TreeMap<Integer, Double> losses(RunFolder run) {
    var losses = new TreeMap<Integer, Double>();
    RunHistory.of(run).all(Event.Step.class).forEach(step -> losses.put(step.step(), step.loss()));
    assertThat(losses).hasSize(STEPS);
    return losses;
  }
}
