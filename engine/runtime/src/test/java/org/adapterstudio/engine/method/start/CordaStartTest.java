package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CordaStartTest {
  private static final String[] LAYERS = {"q_proj", "v_proj", "down_proj"};

  @ParameterizedTest
  @ValueSource(strings = {"ipm", "kpm"})
  void productsAndResidualsAreThoseOfPeft(String mode) {
    String reference = "adapters/llama/corda_" + mode;
    var settings = StartedLora.settings("corda", 4, mode(mode), LAYERS);
    var base = StartedLora.open(Storage.plain("float32"));
    try (var file = SafetensorsFile.open(Golden.folder(reference).resolve("initial.safetensors"));
        var lora = StartedLora.on(base, settings, Optional.of(SampleBatches.stored(base, file)))) {
      double worst = lora.fromReference(file);
      assertThat(worst).isLessThan(1e-4);
      assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false))).isLessThan(1e-5);
      Golden.ran(reference + " start, largest difference " + worst);
    }
  }

  /**
   * The sum of the first r terms is the best rank r in the metric: no other LoRA start is nearer.
   */
  @Test
  void whatIsLeftIsSmallerInTheMetricOfTheRowsThanWhatPissaLeaves() {
    var settings = StartedLora.settings("corda", 4, mode("ipm"), LAYERS);
    var plain = StartedLora.settings("pissa", 4, Map.of(), LAYERS);
    var base = StartedLora.open(Storage.plain("float32"));
    Calibration rows = SampleBatches.some(base);
    try (var pissa = StartedLora.of(plain, Storage.plain("float32"), Optional.empty());
        var corda = StartedLora.on(base, settings, Optional.of(rows));
        var work = Kernels.get().unrecorded()) {
      for (Linear site : corda.sites()) {
        var covariance = work.zeros(site.in(), site.in());
        for (int batch = 0; batch < rows.batches(); batch++) {
          rows.inputs(
              java.util.List.of(site),
              batch,
              new Calibration.View(false, true),
              (_, x) -> work.call("start_covariance", covariance, x));
        }
        Matrix metric = Matrix.of(covariance);
        Matrix left = corda.w(site).minus(corda.product(site)).times(metric);
        Matrix other = pissa.w(site).minus(pissa.product(site)).times(metric);
        assertThat(left.squares()).isLessThanOrEqualTo(other.squares() * 1.001);
      }
    }
  }

  @Test
  void withoutSampleRowsItIsRefused() {
    try (var base = StartedLora.open(Storage.plain("float32"))) {
      var settings = StartedLora.settings("corda", 4, mode("ipm"), LAYERS);
      assertThatThrownBy(() -> AdaptedModel.attach(base, settings, 1))
          .hasMessageContaining("sample rows");
    }
  }

  private static Map<String, JsonNode> mode(String mode) {
    return Map.of("corda_method", TextNode.valueOf(mode));
  }
}
