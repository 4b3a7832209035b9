package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainableTokensTest {
  @TempDir Path folder;

  private PicoAdapter pico(String tokens) {
    String knobs = "{\"token_indices\": " + tokens + "}";
    return new PicoAdapter(folder, "trainable_tokens", "\"all-linear\"", knobs);
  }

  @Test
  void aRowWithoutTheTokensHasTheBasesLogitsButForTheTokensOwn() {
    try (var pico = pico("[7, 9]").moved()) {
      float[] base = PicoAdapter.logits(pico.plain, 1, 2, 3);
      float[] own = PicoAdapter.logits(pico.model, 1, 2, 3);
      int width = pico.base.network().sizes().vocabulary();
      for (int i = 0; i < base.length; i++) {
        boolean token = i % width == 7 || i % width == 9;
        assertThat(own[i] != base[i]).as("logit " + i).isEqualTo(token);
      }
    }
  }

  @Test
  void aRowWithATokenIsAnother() {
    try (var pico = pico("[7]").moved()) {
      float[] base = PicoAdapter.logits(pico.plain, 1, 7, 3);
      assertThat(Compare.maxDifference(base, PicoAdapter.logits(pico.model, 1, 7, 3)))
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void aTiedHeadReadsTheSameRowsAlsoAfterAMerge() {
    try (var pico = pico("[7]").moved()) {
      assertThat(pico.model.attached().trainableCount()).isEqualTo(32);
      MergedModel.write(pico.model, folder.resolve("merged"), "");
      try (var merged = BaseModel.load(folder.resolve("merged"), "float32");
          var plain = AdaptedModel.plain(merged)) {
        assertThat(merged.has("lm_head.weight")).isFalse();
        float[] wanted = PicoAdapter.logits(pico.model, 1, 7, 3);
        assertThat(Compare.maxDifference(wanted, PicoAdapter.logits(plain, 1, 7, 3)))
            .isLessThan(1e-5);
      }
    }
  }

  @Test
  void aTokenOutsideTheVocabularyOrNamedTwiceIsRefused() {
    assertThatThrownBy(() -> pico("[258]")).isInstanceOf(StudioException.class);
    assertThatThrownBy(() -> pico("[3, 3]")).isInstanceOf(StudioException.class);
  }
}
