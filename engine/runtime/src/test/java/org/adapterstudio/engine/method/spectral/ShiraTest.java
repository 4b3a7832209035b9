package org.adapterstudio.engine.method.spectral;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiraTest {
  @TempDir Path folder;

  @Test
  void theSeedDrawsTheEntriesThatPeftStores() {
    try (var stored =
            SafetensorsFile.open(
                Golden.folder("adapters/llama/shira").resolve("adapter_model.safetensors"));
        var pico = AdaptedPico.of(folder, "shira", 4, "random_seed=11")) {
      for (String module : new String[] {SQUARE, FLAT}) {
        String name = "base_model.model." + module + ".shira_indices";
        var kept = pico.model().attached().kept().get(name).array().toFloatArray();
        long[] wanted = stored.longs(name);
        for (int i = 0; i < wanted.length; i++) {
          assertThat((long) kept[i]).isEqualTo(wanted[i]);
        }
      }
    }
  }

  @Test
  void onlyTheDrawnEntriesChange() {
    try (var pico = AdaptedPico.of(folder, "shira", 4).shaken(1)) {
      long changed = 0;
      for (double value : pico.change(WIDE).values()) {
        changed += value != 0 ? 1 : 0;
      }
      assertThat(changed).isEqualTo(4 * (48 + 32));
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32));
      assertThat(pico.change(WIDE).rank(1e-4)).isGreaterThan(16);
    }
  }

  @Test
  void moreEntriesThanAWeightHasAreRefused() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "shira", 16)).hasMessageContaining("more than");
  }
}
