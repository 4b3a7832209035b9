package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.Test;

class LoraSbStartTest {
  private static final double ETA = 1e-3;

  @Test
  void theFrameIsOrthonormalAndTheStartIsTheBestOfTheFirstStep() {
    try (var lora = some(8.0);
        var work = Kernels.get().unrecorded()) {
      Calibration rows = SampleBatches.some(lora.model().base());
      var gradients = rows.gradients(work, lora.sites());
      for (int i = 0; i < lora.sites().size(); i++) {
        Linear site = lora.sites().get(i);
        Matrix a = kept(lora, site, "lora_A.weight");
        Matrix b = kept(lora, site, "lora_B.weight");
        assertThat(a.times(a.transposed()).fromUnit()).isLessThan(1e-4);
        assertThat(b.transposed().times(b).fromUnit()).isLessThan(1e-4);
        Matrix g = Matrix.of(gradients.get(i));
        double[] signs = g.numbers().clone();
        for (int k = 0; k < signs.length; k++) {
          signs[k] = -ETA * Math.signum(signs[k]);
        }
        Matrix step = new Matrix(g.rows(), g.columns(), signs);
        double[] spectrum = StartedLora.spectrum(step);
        double tail = 0;
        for (int k = 4; k < spectrum.length; k++) {
          tail += spectrum[k] * spectrum[k];
        }
        Matrix change = b.times(inner(lora, site)).times(a);
        assertThat(step.minus(change).squares()).isBetween(0.999 * tail, 1.001 * tail);
      }
    }
  }

  @Test
  void sixteenNumbersALayerWhateverAlphaIs() {
    try (var small = some(8.0);
        var large = some(64.0)) {
      assertThat(small.model().attached().trainableCount()).isEqualTo(16L * small.sites().size());
      assertThat(large.logits(true)).containsExactly(small.logits(true));
      assertThat(large.model().settings().alpha()).isEqualTo(4);
    }
  }

  @Test
  void theFirstLossIsBelowTheBases() {
    try (var lora = some(8.0);
        var plain = AdaptedModel.plain(lora.model().base())) {
      var rows = SampleBatches.rows(SampleBatches.some(lora.model().base()));
      double with = Trainer.evaluate(lora.model(), rows.stream()).orElseThrow();
      assertThat(with).isLessThan(Trainer.evaluate(plain, rows.stream()).orElseThrow());
    }
  }

  private static Matrix kept(StartedLora lora, Linear site, String suffix) {
    return Matrix.of(lora.model().stored().get(StartedLora.name(site, suffix)).array());
  }

  private static Matrix inner(StartedLora lora, Linear site) {
    return Matrix.of(
        lora.model().trainable().get(StartedLora.name(site, "lora_latent_mapping.weight")));
  }

  private static StartedLora some(double alpha) {
    var base = StartedLora.open(Storage.plain("float32"));
    Map<String, JsonNode> knobs = Map.of("eta", DoubleNode.valueOf(ETA));
    var settings =
        new Recipe.Adapter(
            "lora_xs", 4, alpha, 0.0, null, null, null, null, null, null, knobs, "lora_sb");
    return StartedLora.on(base, settings, Optional.of(SampleBatches.some(base)));
  }
}
