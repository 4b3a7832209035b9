package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is killed at random moments, during saves too; nothing may be lost or look whole. */
class KillAndResumeTest {
  private static final int STEPS = 400;

  /** Saves at every second step, so that about half of all kills meet one. */
  private static final String[] SETTINGS = {
    "training.max_steps=" + STEPS,
    "training.save_steps=2",
    "training.eval_steps=50",
    "training.save_total_limit=2"
  };

  @TempDir Path folder;

  @Test
  void twentyKillsLeaveTheTrajectoryOfAnUnbrokenRun() throws Exception {
    killAndCompare(20, System.nanoTime());
  }

  @Test
  @Tag("nightly")
  void twoHundredKillsLeaveTheTrajectoryOfAnUnbrokenRun() throws Exception {
    long seed = System.nanoTime();
    for (int round = 0; round < 10; round++) {
      killAndCompare(20, seed + round);
    }
  }

  private void killAndCompare(int kills, long seed) throws Exception {
    System.out.println("kill test: " + kills + " kills, seed " + seed);
    var project = new PicoProject(Files.createTempDirectory(folder, "project"));
    RunFolder unbroken = project.run("unbroken", SETTINGS);
    assertThat(RunEngine.run(unbroken.path())).isTrue();
    RunFolder killed = project.run("killed", SETTINGS);
    var random = new Random(seed);
    int survived = 0;
    for (int kill = 1; kill <= kills && state(killed) != RunState.FINISHED; kill++) {
      survived += killOnce(killed, random) ? 1 : 0;
    }
    System.out.println("kill test: " + survived + " kills hit a living engine");
    if (state(killed) != RunState.FINISHED) {
      assertThat(EngineProcesses.start(killed).waitFor()).isZero();
    }
    assertThat(state(killed)).isEqualTo(RunState.FINISHED);
    assertThat(losses(killed)).isEqualTo(losses(unbroken));
    assertThat(Files.readAllBytes(killed.adapter().resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(unbroken.adapter().resolve("adapter_model.safetensors")));
  }

  /** Starts the engine, kills it a random while after its first sign of training. */
  private static boolean killOnce(RunFolder run, Random random) throws Exception {
    int before = RunHistory.of(run).all(Event.Started.class).size();
    Process engine = EngineProcesses.start(run);
    while (engine.isAlive() && !training(run, before)) {
      Thread.sleep(10);
    }
    Thread.sleep(random.nextInt(250));
    boolean alive = engine.isAlive();
    engine.destroyForcibly();
    assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
    checkAfterKill(run);
    return alive;
  }

  private static boolean training(RunFolder run, int startsBefore) {
    var history = RunHistory.of(run);
    boolean started = history.all(Event.Started.class).size() > startsBefore;
    return started && history.state() == RunState.TRAINING;
  }

  private static void checkAfterKill(RunFolder run) throws IOException {
    assertThat(EngineLock.held(run)).isFalse();
    assertThat(state(run)).isIn(RunState.ENGINE_LOST, RunState.FINISHED);
    List<Integer> steps = run.checkpointSteps();
    for (int step : steps) {
      assertThat(Checkpoint.sound(run.checkpoint(step))).as("checkpoint " + step).isTrue();
    }
    try (var files = Files.walk(run.checkpoints())) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> !f.toString().contains(".part")))
          .allSatisfy(file -> assertThat(Files.size(file)).isPositive());
    }
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
