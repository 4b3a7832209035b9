package org.adapterstudio.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.ComputeDevice.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeDeviceTest {
  @ParameterizedTest
  @CsvSource({
    "cpu, false, 0, cpu",
    "auto, false, 0, cpu",
    "auto, true, 0, cpu",
    "auto, true, 2, cuda:0",
    "cuda, true, 1, cuda:0",
    "gpu, true, 1, cuda:0",
    "cuda:1, true, 2, cuda:1"
  })
  void aWordNamesTheDeviceThatIsThere(String asked, boolean cuda, int devices, String name) {
    assertThat(ComputeDevice.choose(asked, new Machine(cuda, devices)).name()).isEqualTo(name);
  }

  @Test
  void cudaWithoutCudaSaysWhereItWouldBeTakenFrom() {
    assertThatThrownBy(() -> ComputeDevice.choose("cuda", new Machine(false, 0)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("built for the CPU alone")
        .hasMessageContaining("PYTORCH_LIBRARY_PATH");
  }

  @ParameterizedTest
  @CsvSource({"cuda, 0", "cuda:2, 2"})
  void aDeviceThatIsNotThereIsCounted(String asked, int devices) {
    assertThatThrownBy(() -> ComputeDevice.choose(asked, new Machine(true, devices)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("sees " + devices + " CUDA devices")
        .hasMessageContaining("nvidia-smi");
  }

  @Test
  void anotherWordIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> ComputeDevice.choose("tpu", new Machine(true, 1)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("cuda:1");
  }

  @Test
  void theLibTorchInUseSaysWhatItIs() {
    Machine machine = Machine.read();
    assertThat(machine.cuda() || machine.devices() >= 0).isTrue();
    assertThat(ComputeDevice.choose("cpu")).isEqualTo(ComputeDevice.CPU);
  }
}
