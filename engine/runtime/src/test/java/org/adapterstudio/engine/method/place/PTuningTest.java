package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.AdapterFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PTuningTest {
  @TempDir Path folder;

  @Test
  void theFileHoldsTheFinishedPromptAloneAndAnswersAsTheEncoderDid() {
    try (var pico = new PicoAdapter(folder, "p_tuning", "\"all-linear\"", "{}").moved()) {
      AdapterFolder.write(pico.model, folder.resolve("saved"), "");
      try (var back = AdapterFolder.load(pico.base, folder.resolve("saved"))) {
        assertThat(back.trainable()).containsOnlyKeys("prompt_embeddings");
        float[] wanted = PicoAdapter.logits(pico.model, 1, 7, 3);
        assertThat(Compare.maxDifference(wanted, PicoAdapter.logits(back, 1, 7, 3)))
            .isLessThan(1e-6);
      }
    }
  }

  @Test
  void anLstmIsNotTrainedAndSaysSo() {
    String knobs = "{\"encoder_reparameterization_type\": \"LSTM\"}";
    assertThatThrownBy(() -> new PicoAdapter(folder, "p_tuning", "\"all-linear\"", knobs))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("MLP");
  }
}
