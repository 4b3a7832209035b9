package org.adapterstudio.engine.method.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cards of the convolution methods promise, on the projection of a tiny ViT's patches. */
class ConvolutionMethodsTest {
  private static final int RANK = 3;

  private BaseModel base;

  @BeforeEach
  void open() {
    base = BaseModel.load(Golden.folder("models/vit"), "float32");
  }

  @AfterEach
  void close() {
    base.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv_lora", "lora_c", "cp_lora"})
  void decomposedOrNotItStartsAsNoChange(String method) {
    for (boolean decompose : new boolean[] {false, true}) {
      try (var model = attach(method, decompose)) {
        assertThat(Compare.largest(change(model))).isLessThan(1e-7);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"conv_lora, 3", "cp_lora, 3", "lora_c, 24"})
  void thePlainLoraIsExactlyTheChangeAndOfItsRank(String method, int rank) {
    try (var model = moved(attach(method, false));
        Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      LowRank plain = layer(model).plain(pass).orElseThrow();
      assertThat(plain.a().getShape().get(0)).isEqualTo(rank);
      NDArray product =
          scope.call("low_rank_product", plain.a(), plain.b(), scope.scalar(plain.s()));
      assertThat(Compare.maxDifference(change(model), product.toFloatArray())).isLessThan(1e-6);
      float[] values = layer(model).singularValues(scope).orElseThrow().toFloatArray();
      for (int i = rank; i < values.length; i++) {
        assertThat(values[i]).as("singular value " + i).isLessThan(1e-5f);
      }
      assertThat(values[0]).isGreaterThan(1e-3f);
    }
  }

  @Test
  void loraCReadsTheProductRowByRowAsTheKernel() {
    try (var model = moved(attach("lora_c", false))) {
      float[] a = trained(model, "lora_A.weight");
      float[] b = trained(model, "lora_B.weight");
      float[] change = change(model);
      int columns = 3 * 8;
      for (int at : new int[] {0, 17, 500, change.length - 1}) {
        double sum = 0;
        for (int q = 0; q < RANK; q++) {
          sum += (double) b[at / columns * RANK + q] * a[q * columns + at % columns];
        }
        assertThat(change[at]).isCloseTo((float) (2 * sum), within());
      }
    }
  }

  @Test
  void cpLoraSumsProductsOfFourVectors() {
    try (var model = moved(attach("cp_lora", false))) {
      float[] change = change(model);
      int[] place = {5, 2, 7, 3};
      String[] names = {"cp_out", "cp_in", "cp_height", "cp_width"};
      double sum = 0;
      for (int p = 0; p < RANK; p++) {
        double product = 1;
        for (int axis = 0; axis < 4; axis++) {
          product *= trained(model, names[axis])[place[axis] * RANK + p];
        }
        sum += product;
      }
      int at = ((place[0] * 3 + place[1]) * 8 + place[2]) * 8 + place[3];
      assertThat(change[at]).isCloseTo((float) (2 * sum), within());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv_lora", "lora_c", "cp_lora"})
  void aDecomposedKernelHasTheTrainedLengths(String method) {
    try (var model = moved(attach(method, true));
        Scope scope = Kernels.get().inference()) {
      float[] lengths = trained(model, "lora_magnitude_vector");
      float[] w = base.parameter(site().weight()).toFloatArray();
      float[] change = change(model);
      int size = site().in();
      for (int o = 0; o < site().out(); o++) {
        double squares = 0;
        for (int i = 0; i < size; i++) {
          double one = w[o * size + i] + change[o * size + i];
          squares += one * one;
        }
        assertThat((float) Math.sqrt(squares)).isCloseTo(Math.abs(lengths[o]), within());
      }
      assertThat(layer(model).plain(Pass.still(scope, model.weights()))).isEmpty();
    }
  }

  @Test
  void atEqualRanksTheCountsAreOrdered() {
    long cp = count("cp_lora", Map.of());
    long small = count("lora_c", Map.of());
    long conv = count("conv_lora", Map.of());
    long large = count("lora_c", Map.of("inner_rank", TextNode.valueOf("rank_times_kernel")));
    assertThat(cp).isEqualTo(RANK * (48 + 3 + 8 + 8)).isLessThan(conv);
    assertThat(small).isEqualTo(RANK * (3 * 8 + 48 * 8)).isLessThan(large);
    assertThat(conv).isEqualTo(RANK * (3 * 8 * 8 + 48));
    assertThat(large).isEqualTo(8 * small);
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.api.Assertions.within(1e-5f);
  }

  private long count(String method, Map<String, JsonNode> knobs) {
    try (var model = AdaptedModel.attach(base, settings(method, knobs), 3)) {
      return model.attached().trainableCount();
    }
  }

  private AdaptedModel attach(String method, boolean decompose) {
    var knobs = new HashMap<String, JsonNode>();
    knobs.put("decompose", BooleanNode.valueOf(decompose));
    return AdaptedModel.attach(base, settings(method, knobs), 3);
  }

  private static Recipe.Adapter settings(String method, Map<String, JsonNode> knobs) {
    return new Recipe.Adapter(
        method, RANK, 2.0 * RANK, 0.0, null, null, null, null, null, null, knobs, null);
  }

  private Linear site() {
    return base.network().sites().stream()
        .filter(site -> site.form() instanceof Linear.Window)
        .findFirst()
        .orElseThrow();
  }

  private static AdaptedModel moved(AdaptedModel model) {
    var random = new SplittableRandom(5);
    for (NDArray array : model.trainable().values()) {
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.1 * random.nextGaussian());
      }
      try (Scope work = Kernels.get().inference()) {
        work.call("assign", array, work.floats(values, array.getShape().getShape()));
      }
    }
    return model;
  }

  private static TrainedLayer layer(AdaptedModel model) {
    return model.attached().layers().values().iterator().next();
  }

  private static float[] trained(AdaptedModel model, String suffix) {
    return layer(model).tensors().get(suffix).toFloatArray();
  }

  private static float[] change(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      float[] change = layer(model).change(pass).orElseThrow().toFloatArray();
      return Arrays.copyOf(change, change.length);
    }
  }
}
