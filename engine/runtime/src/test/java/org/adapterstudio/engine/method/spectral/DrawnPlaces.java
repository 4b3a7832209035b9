package org.adapterstudio.engine.method.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;

/** Places that PyTorch drew in the reference data. */
final class DrawnPlaces {
  private DrawnPlaces() {}

  /** Compares with a tensor [2, n] of rows and columns, for a layer of the golden Llama. */
  static void agree(String file, String tensor, long seed, int in, int out) {
    try (var expected = SafetensorsFile.open(Golden.folder("adapters/llama").resolve(file))) {
      long[] wanted = expected.longs(tensor);
      int count = wanted.length / 2;
      long[] drawn = Places.drawn(seed, Linear.of("layer", in, out, false, 0), count);
      for (int i = 0; i < count; i++) {
        assertThat(drawn[i] / in).isEqualTo(wanted[i]);
        assertThat(drawn[i] % in).isEqualTo(wanted[count + i]);
      }
    }
  }
}
