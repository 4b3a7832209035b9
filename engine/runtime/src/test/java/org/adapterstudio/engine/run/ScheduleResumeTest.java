package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A killed run whose method changes while it is trained goes on as if it had not been killed. */
class ScheduleResumeTest {
  private static final int STEPS = 120;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "adalora, adapter.knobs.target_r=2",
    "triadaptlora, adapter.knobs.incre_interval=20",
    "lamda, adapter.knobs.eta=0.9"
  })
  void aKilledRunGoesOnBitForBit(String method, String knob) throws Exception {
    var project = new PicoProject(folder);
    RunFolder unbroken = project.run("unbroken", settings(method, knob));
    assertThat(RunEngine.run(unbroken.path())).isTrue();
    RunFolder killed = project.run("killed", settings(method, knob));
    killAfter(killed, STEPS / 2);
    assertThat(RunEngine.run(killed.path())).isTrue();
    var starts = RunHistory.of(killed).all(Event.Started.class);
    assertThat(starts.getLast().fromStep()).isBetween(STEPS / 2, STEPS - 1);
    assertThat(losses(killed)).isEqualTo(losses(unbroken));
    assertThat(adapter(killed)).isEqualTo(adapter(unbroken));
  }

  private static String[] settings(String method, String knob) {
    var settings = new ArrayList<String>();
    settings.add("adapter.method=" + method);
    settings.add("training.max_steps=" + STEPS);
    settings.add("training.save_steps=5");
    settings.add("training.save_total_limit=2");
    settings.add("training.eval_steps=0");
    settings.add("training.spectrum_steps=0");
    settings.add(knob);
    return settings.toArray(String[]::new);
  }

  private static void killAfter(RunFolder run, int step) throws Exception {
    Process engine = EngineProcesses.start(run);
    while (engine.isAlive() && !saved(run, step)) {
      Thread.sleep(5);
    }
    engine.destroyForcibly();
    assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean saved(RunFolder run, int step) {
    List<Integer> steps = Files.isDirectory(run.checkpoints()) ? run.checkpointSteps() : List.of();
    return !steps.isEmpty() && steps.getLast() >= step;
  }

  private static TreeMap<Integer, Double> losses(RunFolder run) {
    var losses = new TreeMap<Integer, Double>();
    RunHistory.of(run).all(Event.Step.class).forEach(step -> losses.put(step.step(), step.loss()));
    assertThat(losses).hasSize(STEPS);
    return losses;
  }

  private static byte[] adapter(RunFolder run) throws Exception {
    return Files.readAllBytes(run.adapter().resolve("adapter_model.safetensors"));
  }
}
