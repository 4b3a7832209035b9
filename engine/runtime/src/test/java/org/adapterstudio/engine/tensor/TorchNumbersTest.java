package org.adapterstudio.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;

class TorchNumbersTest {
  private static final Path SAVED = Path.of("../contract/src/test/resources/pytorch");

  @Test
  void numbersAreThoseThatPyTorchSaved() {
    Map<String, Values> numbers = TorchNumbers.read(SAVED.resolve("state.bin"));
    try (var expected = SafetensorsFile.open(SAVED.resolve("expected.safetensors"))) {
      assertThat(numbers).hasSize(expected.header().tensors().size());
      numbers.forEach(
          (name, values) -> {
            assertThat(values.shape()).as(name).isEqualTo(expected.shape(name));
            assertThat(values.data()).as(name).isEqualTo(expected.floats(name).data());
          });
    }
  }

  @Test
  void aNumberThatStandsForManyIsNotSpreadOut() {
    assertThatThrownBy(() -> TorchNumbers.read(SAVED.resolve("kinds.pt")))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("are not read");
  }
}
