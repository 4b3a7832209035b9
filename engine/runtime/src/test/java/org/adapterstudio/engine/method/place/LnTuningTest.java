package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LnTuningTest {
  @TempDir Path folder;

  @Test
  void trainsTheNamedNormsAndNothingElse() {
    try (var pico = new PicoAdapter(folder, "ln_tuning", "[\"input_layernorm\"]", "{}")) {
      assertThat(pico.model.trainable())
          .containsOnlyKeys(
              "base_model.model.model.layers.0.input_layernorm.ln_tuning_layers.weight",
              "base_model.model.model.layers.1.input_layernorm.ln_tuning_layers.weight");
      assertThat(pico.model.attached().trainableCount()).isEqualTo(2 * 32);
    }
  }

  @Test
  void allLinearMeansEveryNorm() {
    try (var pico = new PicoAdapter(folder, "ln_tuning", "\"all-linear\"", "{}")) {
      assertThat(pico.model.attached().trainableCount()).isEqualTo(5 * 32);
    }
  }

  @Test
  void aNameThatNoNormHasIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> new PicoAdapter(folder, "ln_tuning", "[\"q_proj\"]", "{}"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("q_proj")
        .hasMessageContaining("model.layers.0.input_layernorm");
  }
}
