package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.AdapterFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixTuningTest {
  @TempDir Path folder;

  private PicoAdapter pico(String knobs) {
    return new PicoAdapter(folder, "prefix_tuning", "\"all-linear\"", knobs);
  }

  @Test
  void thereIsNoOutputForThePrefix() {
    try (var pico = pico("{\"num_virtual_tokens\": 3}")) {
      assertThat(PicoAdapter.logits(pico.model, 1, 7, 3))
          .hasSize(3 * pico.base.network().sizes().vocabulary());
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
  void aProjectedPrefixIsSavedFinishedAndAnswersTheSame() {
    String knobs = "{\"prefix_projection\": true, \"encoder_hidden_size\": 8}";
    try (var pico = pico(knobs).moved()) {
      AdapterFolder.write(pico.model, folder.resolve("saved"), "");
      try (var back = AdapterFolder.load(pico.base, folder.resolve("saved"))) {
        assertThat(back.trainable()).containsOnlyKeys("prompt_embeddings");
        float[] wanted = PicoAdapter.logits(pico.model, 1, 7, 3);
        assertThat(Compare.maxDifference(wanted, PicoAdapter.logits(back, 1, 7, 3)))
            .isLessThan(1e-6);
      }
    }
  }
}
