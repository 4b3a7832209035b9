package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptionPromptTest {
  @TempDir Path folder;

  private PicoAdapter pico(String knobs) {
    return new PicoAdapter(folder, "adaption_prompt", "\"all-linear\"", knobs);
  }

  @Test
  void theLastLayersAloneHaveAPromptAndAClosedGate() {
    try (var pico = pico("{\"adapter_len\": 3}")) {
      String module = "base_model.model.model.layers.1.self_attn.";
      assertThat(pico.model.trainable())
          .containsOnlyKeys(module + "adaption_gate", module + "adaption_prompt");
      assertThat(pico.model.trainable().get(module + "adaption_gate").toFloatArray())
          .containsExactly(0);
      assertThat(PicoAdapter.logits(pico.model, 1, 7, 3))
          .containsExactly(PicoAdapter.logits(pico.plain, 1, 7, 3));
    }
  }

  @Test
  void writingTokenByTokenGivesTheLogitsOfTheWholeRow() {
    try (var pico = pico("{\"adapter_layers\": 2}").moved()) {
      float[] whole = pico.last(PicoAdapter.logits(pico.model, 1, 7, 3, 9));
      assertThat(Compare.maxDifference(whole, pico.written(2, 1, 7, 3, 9))).isLessThan(1e-5);
    }
  }

  @Test
  void moreLayersThanTheModelHasAreRefused() {
    assertThatThrownBy(() -> pico("{\"adapter_layers\": 3}"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("2 layers");
  }
}
