package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PissaStartTest {
  @Test
  void productsAndResidualsAreThoseOfPeft() {
    Path reference = Golden.folder("adapters/llama/pissa/initial.safetensors");
    try (var lora = StartedLora.of("pissa", Map.of());
        var file = SafetensorsFile.open(reference)) {
      double worst = lora.fromReference(file);
      assertThat(worst).isLessThan(1e-5);
      Golden.ran("adapters/llama/pissa start, largest difference " + worst);
    }
  }

  @Test
  void theFirstPassIsTheBases() {
    try (var lora = StartedLora.of("pissa", Map.of())) {
      assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false))).isLessThan(1e-5);
    }
  }

  @Test
  void whatIsLeftOfTheBaseHasTheTailOfItsSpectrumAndTheFactorsAreBalanced() {
    try (var lora = StartedLora.of("pissa", Map.of())) {
      for (Linear site : lora.sites()) {
        double[] spectrum = StartedLora.spectrum(lora.w(site));
        double tail = 0;
        for (int i = StartedLora.RANK; i < spectrum.length; i++) {
          tail += spectrum[i] * spectrum[i];
        }
        double left = lora.w(site).minus(lora.product(site)).squares();
        assertThat(left).isCloseTo(tail, within(1e-4 * tail));
        Matrix a = lora.a(site);
        Matrix b = lora.b(site);
        assertThat(a.times(a.transposed()).minus(b.transposed().times(b)).largest())
            .isLessThan(1e-5);
      }
    }
  }

  @Test
  void aFewRoundsOfTheFastDecompositionLeaveNearlyAsLittleOfTheBase() {
    try (var exact = StartedLora.of("pissa", Map.of());
        var fast = StartedLora.of("pissa", Map.of("niter", IntNode.valueOf(8)))) {
      for (Linear site : exact.sites()) {
        double least = exact.w(site).minus(exact.product(site)).squares();
        double left = fast.w(site).minus(fast.product(site)).squares();
        assertThat(left).isBetween(least * (1 - 1e-5), least * 1.03);
      }
    }
  }

  @Test
  void aFolderKeepsWhatWasTakenOutAndIsReadBackBitForBit(@TempDir Path folder) {
    try (var lora = StartedLora.of("pissa", Map.of("niter", IntNode.valueOf(1)))) {
      AdapterFolder.write(lora.model(), folder, "");
      assertThat(
              Json.read(folder.resolve("adapter_config.json")).path("init_lora_weights").asText())
          .isEqualTo("pissa_niter_1");
      try (var read = AdapterFolder.load(lora.model().base(), folder)) {
        assertThat(read.settings().knobs()).containsEntry("niter", IntNode.valueOf(1));
        lora.model()
            .stored()
            .forEach(
                (name, kept) ->
                    assertThat(read.stored().get(name).array().toFloatArray())
                        .as(name)
                        .containsExactly(kept.array().toFloatArray()));
      }
    }
  }
}
