package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;

/** LoftQ and EoRA: the start repairs what 4 bits lost. */
class QuantizedRepairTest {
  private static final String[] LAYERS = {"q_proj", "v_proj", "down_proj"};
  private static final Storage CODES = new Storage("float32", Quantization.NF4, false);

  @Test
  void loftqsBaseAndProductsAreThoseOfPeft() {
    Recipe.Adapter settings = StartedLora.settings("loftq", 4, Map.of(), LAYERS).alpha(4);
    String reference = "quant/loftq_iter1";
    try (var file = SafetensorsFile.open(Golden.folder(reference).resolve("expected.safetensors"));
        var lora = StartedLora.of(settings, CODES, Optional.empty())) {
      double worst = lora.fromReference(file);
      for (Linear site : lora.sites()) {
        Matrix wanted = Matrix.of(file.floats("dequantized." + site.weight()));
        worst = Math.max(worst, wanted.minus(lora.w(site)).largest());
      }
      assertThat(worst).isLessThan(1e-4);
      Golden.ran(reference + ", largest difference " + worst);
    }
  }

  @Test
  void loftqLeavesTheTailOfWhatWasLostAndNothingAtFullRank() {
    for (int rank : new int[] {2, 8, 16}) {
      Recipe.Adapter settings = StartedLora.settings("loftq", rank, Map.of(), "v_proj").alpha(rank);
      try (var lora = StartedLora.of(settings, CODES, Optional.empty())) {
        Map<String, Matrix> weights = unquantized(lora);
        for (Linear site : lora.sites()) {
          Matrix lost = weights.get(site.module()).minus(lora.w(site));
          double[] spectrum = StartedLora.spectrum(lost);
          double tail = 0;
          for (int i = rank; i < spectrum.length; i++) {
            tail += spectrum[i] * spectrum[i];
          }
          double left = lost.minus(lora.product(site)).squares();
          assertThat(left).isCloseTo(tail, within(1e-4 * lost.squares()));
        }
      }
    }
  }

  @Test
  void eoraLeavesLessOnItsRowsThanTheSameRankOfTheErrorAloneAndNothingAtFullRank() {
    for (int rank : new int[] {2, 16}) {
      Recipe.Adapter settings = StartedLora.settings("eora", rank, Map.of(), "v_proj");
      BaseModel base = StartedLora.open(CODES);
      Calibration rows = SampleBatches.some(base);
      Recipe.Adapter plain = StartedLora.settings("loftq", rank, Map.of(), "v_proj").alpha(rank);
      try (var lora = StartedLora.on(base, settings, Optional.of(rows));
          var other = StartedLora.of(plain, CODES, Optional.empty())) {
        Map<String, Matrix> weights = unquantized(lora);
        for (Linear site : lora.sites()) {
          Matrix lost = weights.get(site.module()).minus(lora.w(site));
          double here = onRows(rows, site, lost.minus(lora.product(site)));
          double whole = onRows(rows, site, lost);
          if (rank == 16) {
            assertThat(here).isLessThan(1e-6 * whole);
          } else {
            double simple = onRows(rows, site, lost.minus(other.product(site)));
            assertThat(here).isLessThan(simple).isLessThan(whole);
          }
        }
      }
    }
  }

  @Test
  void aBaseThatIsNotQuantizedHasNothingToRepair() {
    try (var base = StartedLora.open(Storage.plain("float32"))) {
      var settings = StartedLora.settings("loftq", 4, Map.of(), LAYERS);
      assertThatThrownBy(() -> AdaptedModel.attach(base, settings, 1))
          .hasMessageContaining("repairs a quantized base");
    }
  }

  /** Sum of |e x|^2 over what a layer reads. */
  private static double onRows(Calibration rows, Linear site, Matrix e) {
    double[] sum = {0};
    for (int batch = 0; batch < rows.batches(); batch++) {
      rows.inputs(
          List.of(site),
          batch,
          new Calibration.View(false, false),
          (_, x) -> sum[0] += Matrix.of(x).times(e.transposed()).squares());
    }
    return sum[0];
  }

  private static Map<String, Matrix> unquantized(StartedLora lora) {
    var weights = new HashMap<String, Matrix>();
    try (var plain =
        StartedLora.of(
            StartedLora.settings("gaussian", 4, Map.of()),
            Storage.plain("float32"),
            Optional.empty())) {
      plain.sites().forEach(site -> weights.put(site.module(), plain.w(site)));
    }
    assertThat(weights.keySet()).containsAll(lora.sites().stream().map(Linear::module).toList());
    return weights;
  }
}
