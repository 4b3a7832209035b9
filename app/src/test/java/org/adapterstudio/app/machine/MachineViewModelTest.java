package org.adapterstudio.app.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class MachineViewModelTest {
  static final Reply.Runtime PROCESSOR =
      new Reply.Runtime(
          "0.1.0", 8123, 2, "2.7.1", "/home/me/natives/pytorch/2.7.1-cpu", false, false, 0, "");
  private static final Reply.Runtime GPU =
      new Reply.Runtime("0.1.0", 1, 16, "2.7.1", "/opt/libtorch/lib", true, true, 2, "570.86");

  private final FakeServices fakes = new FakeServices();
  private final MachineViewModel model = new MachineViewModel(fakes.direct(Path.of("")));

  @Test
  void asksTheEngineOnceAndShowsWhatItWaitsFor() {
    model.ask();
    model.ask();
    assertThat(fakes.engine.asked).hasSize(1);
    assertThat(fakes.engine.asked.getFirst().request).isEqualTo(new Request.Runtime());
    fakes.engine.asked.getFirst().reply(new Reply.Progress("unpacking", 120, 432, "MB"));
    assertThat(model.waitingProperty().get()).isEqualTo("First start: unpacking 120 of 432 MB");
    fakes.engine.asked.getFirst().reply(PROCESSOR);
    assertThat(model.waitingProperty().get()).isEmpty();
    assertThat(model.runtimeProperty().get()).isEqualTo(PROCESSOR);
  }

  @Test
  void saysWhyThereIsNoAnswerAndCanBeAskedAgain() {
    model.ask();
    var failure = new Failure("engine_lost", "The engine ended.", "Try again.", "");
    fakes.engine.asked.getFirst().reply(new Reply.Failed(failure));
    assertThat(model.failureProperty().get()).isEqualTo(failure);
    model.ask();
    fakes.engine.asked.getLast().reply(PROCESSOR);
    assertThat(model.failureProperty().get()).isNull();
  }

  @Test
  void tellsWhatWasTriedForCuda() {
    assertThat(Devices.found(PROCESSOR)).containsExactly("cpu");
    assertThat(Devices.tried(PROCESSOR))
        .containsExactly(
            "No NVIDIA driver was found.",
            "PYTORCH_LIBRARY_PATH is not set, so the LibTorch that came with the studio is used.",
            "This LibTorch was built without CUDA.");
    assertThat(Devices.found(GPU)).containsExactly("cpu", "cuda:0", "cuda:1");
    assertThat(Devices.tried(GPU))
        .contains(
            "NVIDIA driver 570.86 is loaded.",
            "This LibTorch was built with CUDA and sees 2 devices.");
    assertThat(Devices.libtorch(GPU)).isEqualTo("2.7.1, with CUDA");
  }
}
