package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraOnTablesTest {
  @TempDir Path folder;

  @Test
  void aTableStartsAsTheBasesAndMergesApartFromTheHeadThatSharedIt() {
    try (var pico = new PicoAdapter(folder, "lora", "[\"embed_tokens\"]", "{}")) {
      float[] base = PicoAdapter.logits(pico.plain, 1, 7, 3);
      assertThat(PicoAdapter.logits(pico.model, 1, 7, 3)).containsExactly(base);
      pico.moved();
      float[] own = PicoAdapter.logits(pico.model, 1, 7, 3);
      assertThat(Compare.maxDifference(base, own)).isGreaterThan(1e-3);
      MergedModel.write(pico.model, folder.resolve("merged"), "");
      try (var merged = BaseModel.load(folder.resolve("merged"), "float32");
          var plain = AdaptedModel.plain(merged)) {
        assertThat(merged.has("lm_head.weight")).isTrue();
        assertThat(Compare.maxDifference(own, PicoAdapter.logits(plain, 1, 7, 3))).isLessThan(1e-5);
      }
    }
  }
}
