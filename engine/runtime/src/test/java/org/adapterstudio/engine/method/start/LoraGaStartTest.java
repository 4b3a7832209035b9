package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoraGaStartTest {
  @Test
  void gradientsAndFactorsAreThoseOfPeft() {
    var knobs = Map.<String, JsonNode>of();
    compare("lora_ga", knobs, "q_proj", "v_proj", "down_proj");
  }

  @Test
  void alternatingDirectionsAndTheOtherScaleToo() {
    var knobs = knobs("direction", "ArBr", "scale", "gd_scale");
    compare("lora_ga_arbr_gd", knobs, "k_proj", "v_proj");
  }

  /** Each row of A and column of B is known up to its sign. */
  private static void compare(String name, Map<String, JsonNode> knobs, String... layers) {
    var settings = StartedLora.settings("lora_ga", 8, knobs, layers);
    var base = StartedLora.open(Storage.plain("float32"));
    Golden.folder("adapters/llama/" + name);
    try (var file =
            SafetensorsFile.open(
                Golden.folder("adapters/llama/" + name).resolve("initial.safetensors"));
        var work = Kernels.get().unrecorded()) {
      Calibration rows = SampleBatches.stored(base, file);
      try (var lora = StartedLora.on(base, settings, Optional.of(rows))) {
        double worst = 0;
        List<Linear> sites = lora.sites();
        var gradients = rows.gradients(work, sites);
        for (int i = 0; i < sites.size(); i++) {
          Linear site = sites.get(i);
          Matrix wanted = Matrix.of(file.floats("gradient." + site.module()));
          double off = wanted.minus(Matrix.of(gradients.get(i))).largest();
          assertThat(off).isLessThan(1e-3 * wanted.largest() + 1e-6);
          Matrix a = Matrix.of(file.floats(StartedLora.name(site, "lora_A.weight")));
          Matrix b = Matrix.of(file.floats(StartedLora.name(site, "lora_B.weight")));
          worst = Math.max(worst, apart(a, lora.a(site)));
          worst = Math.max(worst, apart(b.transposed(), lora.b(site).transposed()));
        }
        assertThat(worst).isLessThan(1e-3);
        assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false))).isLessThan(1e-4);
        Golden.ran("adapters/llama/" + name + " start, largest difference of factors " + worst);
      }
    }
  }

  /** Largest difference of rows up to their signs, by the longest of them. */
  private static double apart(Matrix wanted, Matrix got) {
    double worst = 0;
    for (int i = 0; i < wanted.rows(); i++) {
      double same = 0;
      double turned = 0;
      for (int j = 0; j < wanted.columns(); j++) {
        same = Math.max(same, Math.abs(wanted.at(i, j) - got.at(i, j)));
        turned = Math.max(turned, Math.abs(wanted.at(i, j) + got.at(i, j)));
      }
      worst = Math.max(worst, Math.min(same, turned));
    }
    return worst / wanted.largest();
  }

  /** Both halves count once: B B^T G + G A^T A is then the best approximation of rank 2r. */
  @Test
  void thePapersUnitFactorsAreOrthonormalAndSeeTheGradientsFirstDirections() {
    var settings = StartedLora.settings("lora_ga", 4, knobs("variant", "paper", "scale", "unit"));
    var base = StartedLora.open(Storage.plain("float32"));
    Calibration rows = SampleBatches.some(base);
    try (var lora = StartedLora.on(base, settings, Optional.of(rows));
        var work = Kernels.get().unrecorded()) {
      var gradients = rows.gradients(work, lora.sites());
      for (int i = 0; i < lora.sites().size(); i++) {
        Linear site = lora.sites().get(i);
        Matrix a = lora.a(site);
        Matrix b = lora.b(site);
        assertThat(a.times(a.transposed()).fromUnit()).isLessThan(1e-4);
        assertThat(b.transposed().times(b).fromUnit()).isLessThan(1e-4);
        Matrix g = Matrix.of(gradients.get(i));
        Matrix seen =
            b.times(b.transposed().times(g)).minus(g.times(a.transposed()).times(a).times(-1));
        double[] spectrum = StartedLora.spectrum(g);
        double tail = 0;
        for (int k = 8; k < spectrum.length; k++) {
          tail += spectrum[k] * spectrum[k];
        }
        assertThat(g.minus(seen).squares()).isLessThan(tail * 1.01 + 1e-3 * g.squares());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ArBr", "A2rBr", "ArB2r", "random"})
  void everyDirectionAndScaleOfBothVariantsStartsAsTheBase(String direction) {
    for (String variant : List.of("peft", "paper")) {
      for (String scale : List.of("stable", "weight_svd", "gd_scale", "unit")) {
        var knobs = new java.util.HashMap<>(knobs("direction", direction, "scale", scale));
        knobs.put("variant", TextNode.valueOf(variant));
        Recipe.Adapter settings = StartedLora.settings("lora_ga", 4, knobs, "q_proj");
        var base = StartedLora.open(Storage.plain("float32"));
        var rows = Optional.of(SampleBatches.some(base));
        try (var lora = StartedLora.on(base, settings, rows)) {
          assertThat(Compare.maxDifference(lora.logits(true), lora.logits(false)))
              .as(variant + " " + scale)
              .isLessThan(1e-3);
        }
      }
    }
  }

  private static Map<String, JsonNode> knobs(String... pairs) {
    return Map.of(pairs[0], TextNode.valueOf(pairs[1]), pairs[2], TextNode.valueOf(pairs[3]));
  }
}
