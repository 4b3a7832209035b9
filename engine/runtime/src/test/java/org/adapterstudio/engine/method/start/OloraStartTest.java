package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;

class OloraStartTest {
  @Test
  void productsAndResidualsAreThoseOfPeft() {
    Path reference = Golden.folder("adapters/llama/olora/initial.safetensors");
    try (var lora = StartedLora.of("olora", Map.of());
        var file = SafetensorsFile.open(reference)) {
      double worst = lora.fromReference(file);
      assertThat(worst).isLessThan(1e-5);
      Golden.ran("adapters/llama/olora start, largest difference " + worst);
    }
  }

  @Test
  void bIsOrthonormalAIsUpperTrapezoidalAndTheFirstPassIsTheBases() {
    try (var lora = StartedLora.of("olora", Map.of())) {
      for (Linear site : lora.sites()) {
        Matrix b = lora.b(site);
        assertThat(b.transposed().times(b).fromUnit()).isLessThan(1e-5);
        Matrix a = lora.a(site);
        for (int row = 1; row < a.rows(); row++) {
          for (int column = 0; column < row; column++) {
            assertThat(a.at(row, column)).isZero();
          }
        }
      }
      assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false))).isLessThan(1e-5);
    }
  }

  @Test
  void withScaleOneTheRankOfWhatIsLeftFallsByTheRank() {
    var settings = StartedLora.settings("olora", 4, Map.of()).alpha(4);
    try (var lora = StartedLora.of(settings, Storage.plain("float32"), Optional.empty())) {
      for (Linear site : lora.sites()) {
        Matrix taken = lora.b(site).times(lora.a(site));
        double[] left = StartedLora.spectrum(lora.w(site).minus(taken));
        assertThat(left[left.length - 4]).isLessThan(1e-5);
        assertThat(left[left.length - 5]).isGreaterThan(1e-4);
      }
    }
  }
}
