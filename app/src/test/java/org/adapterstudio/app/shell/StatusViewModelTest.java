package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.engine.EngineStatus;
import org.adapterstudio.app.ui.BackgroundWork;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;

class StatusViewModelTest {
  @Test
  void putsTheMachineIntoWords() {
    var run = new RunFolder(Path.of("first"));
    var reading =
        new StatusViewModel.Reading(
            new EngineStatus(EngineStatus.Phase.READY, "cpu", 2),
            List.of(run, run, run),
            2,
            412_000_000_000L,
            5L << 30,
            16L << 30);
    var status =
        new StatusViewModel(new BackgroundWork(Runnable::run, Runnable::run), () -> reading);
    assertThat(status.reading().get()).isNull();
    status.refresh();
    assertThat(status.reading().get().engineText()).isEqualTo("Engine ready · cpu · 2 threads");
    assertThat(status.reading().get().runsText()).isEqualTo("3 running · 2 waiting");
    assertThat(status.reading().get().diskText()).isEqualTo("412 GB free on disk");
    assertThat(status.reading().get().memoryText()).isEqualTo("5.0 GiB of 16.0 GiB memory free");
  }

  @Test
  void aLookThatFailsLeavesTheLastOneStanding() {
    var looks = new int[1];
    var status =
        new StatusViewModel(
            new BackgroundWork(Runnable::run, Runnable::run),
            () -> {
              if (looks[0]++ > 0) {
                throw new IllegalStateException("no disk");
              }
              return new StatusViewModel.Reading(EngineStatus.ASLEEP, List.of(), 0, 1, 1, 1);
            });
    status.refresh();
    status.refresh();
    assertThat(looks[0]).isEqualTo(2);
    assertThat(status.reading().get().runsText()).isEqualTo("No run in progress");
  }
}
