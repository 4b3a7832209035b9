package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.kernel.ComputeDevice;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on each device that is here. */
class DeviceRunTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cuda"})
  void aRunOnADeviceFollowsTheLossesOfTheCpu(String device) throws Exception {
    requireDevice(device);
    var project = new PicoProject(folder);
    List<Double> cpu = losses(project.run("on-cpu", "training.device=cpu"));
    List<Double> there = losses(project.run("on-device", "training.device=" + device));
    assertThat(there).hasSameSizeAs(cpu);
    for (int i = 0; i < cpu.size(); i++) {
      assertThat(there.get(i)).isCloseTo(cpu.get(i), within(1e-3));
    }
  }

  @Test
  void aDeviceThatIsNotHereEndsTheRunWithWhatToDo() throws Exception {
    Assumptions.assumeTrue(refusal("cuda:99") != null);
    RunFolder run = new PicoProject(folder).run("nowhere", "training.device=cuda:99");
    assertThat(finished(run)).isEqualTo(1);
    Event last = EventLog.readAll(run.events()).getLast().event();
    assertThat(last).isInstanceOf(Event.Failed.class);
    assertThat(((Event.Failed) last).failure().kind()).isEqualTo("device");
    assertThat(((Event.Failed) last).failure().action()).contains("training.device to cpu");
  }

  private static void requireDevice(String device) {
    String refusal = refusal(device);
    if (refusal != null) {
      System.out.println("skipped: a run on " + device + ": " + refusal);
      Assumptions.abort(refusal);
    }
  }

  /** Why a device cannot be used here; null where it can. */
  private static String refusal(String device) {
    try {
      ComputeDevice.choose(device);
      return null;
    } catch (StudioException e) {
      return e.failure().sentence();
    }
  }

  private static List<Double> losses(RunFolder run) throws Exception {
    assertThat(finished(run)).isZero();
    return EventLog.readAll(run.events()).stream()
        .map(EventLog.Entry::event)
        .filter(Event.Step.class::isInstance)
        .map(event -> ((Event.Step) event).loss())
        .toList();
  }

  private static int finished(RunFolder run) throws Exception {
    Process engine = EngineProcesses.start(run);
    assertThat(engine.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return engine.exitValue();
  }
}
