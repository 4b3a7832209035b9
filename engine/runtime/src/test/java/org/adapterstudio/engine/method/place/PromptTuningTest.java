package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTuningTest {
  @TempDir Path folder;

  private PicoAdapter pico(String knobs) {
    return new PicoAdapter(folder, "prompt_tuning", "\"all-linear\"", knobs);
  }

  @Test
  void aPromptOfWordsIsThatTextBeforeTheRow() {
    try (var pico = pico("{\"num_virtual_tokens\": 1, \"prompt_tuning_init\": \"SAMPLE_VOCAB\"}")) {
      float[] own = PicoAdapter.logits(pico.model, 1, 7, 3);
      double nearest = Double.POSITIVE_INFINITY;
      for (int word = 0; word < pico.base.network().sizes().vocabulary(); word++) {
        float[] said = PicoAdapter.logits(pico.plain, word, 1, 7, 3);
        nearest = Math.min(nearest, Compare.maxDifference(said, own));
      }
      assertThat(nearest).isLessThan(1e-5);
    }
  }

  @Test
  void writingTokenByTokenGivesTheLogitsOfTheWholeRow() {
    try (var pico = pico("{\"num_virtual_tokens\": 3}")) {
      float[] whole = pico.last(PicoAdapter.logits(pico.model, 1, 7, 3, 9));
      assertThat(Compare.maxDifference(whole, pico.written(2, 1, 7, 3, 9))).isLessThan(1e-5);
    }
  }

  @Test
  void theFirstTokenIsATargetBehindAPrompt() {
    try (var pico = pico("{\"num_virtual_tokens\": 3}")) {
      long[] ids = {1, 7, 3};
      Inputs in = Inputs.of(Tokens.of(ids, 1));
      assertThat(pico.model.network().targets(pico.model.weights(), in, ids)).isEqualTo(3);
      assertThat(pico.model.network().targets(pico.plain.weights(), in, ids)).isEqualTo(2);
    }
  }

  @Test
  void aMergeIsRefused() {
    try (var pico = pico("{}")) {
      assertThatThrownBy(() -> MergedModel.write(pico.model, folder.resolve("merged"), ""))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("cannot be merged");
    }
  }

  @Test
  void packedRowsAreRefused() {
    try (var pico = pico("{}")) {
      long[] ids = {1, 7, 3};
      Inputs in = Inputs.of(Tokens.of(ids, 1).packed(new long[] {0, 0, 1}, new long[] {0, 1, 0}));
      assertThatThrownBy(() -> pico.model.network().targets(pico.model.weights(), in, ids))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("packed");
    }
  }
}
