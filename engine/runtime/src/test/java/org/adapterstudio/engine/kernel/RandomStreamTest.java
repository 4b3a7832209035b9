package org.adapterstudio.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers drawn after a seed are PyTorch's own, so that projections stored as a seed come back. */
class RandomStreamTest {
  private static final double BOUND = 1 / Math.sqrt(32);

  @ParameterizedTest
  @ValueSource(longs = {0, 42})
  void drawnNumbersAreThoseOfPyTorchsGenerator(long seed) {
    try (var file = SafetensorsFile.open(Golden.folder("prng").resolve("expected.safetensors"));
        Scope scope = Kernels.get().inference()) {
      for (String name : file.header().tensors().stream().map(t -> t.name()).toList()) {
        if (name.startsWith(seed + ".")) {
          String call = name.substring(name.indexOf('.') + 1);
          Autograd.seed(seed);
          compare(file, name, draw(scope, call, file.shape(name)));
        }
      }
      Golden.ran("prng, seed " + seed);
    }
  }

  private static NDArray draw(Scope scope, String call, long[] shape) {
    NDArray sizes = scope.sizes(shape);
    return switch (call) {
      case "randn_8", "randn_15", "randn_16", "randn_40" -> scope.call("random_normal", sizes);
      case "randn_float64_20" -> scope.call("random_normal_double", sizes);
      case "rand_20" -> scope.call("random_uniform", sizes, scope.scalar(0), scope.scalar(1));
      case "uniform_float64_8" ->
          scope.call("random_uniform_double", sizes, scope.scalar(0), scope.scalar(1));
      case "manual_seed_then_kaiming_uniform_a_sqrt5_4x32", "manual_seed_then_linear_32_4_weight" ->
          scope.call("random_uniform", sizes, scope.scalar(-BOUND), scope.scalar(BOUND));
      case "randperm_10", "randperm_1000" -> scope.call("random_order", scope.sizes(shape[0]));
      case "randint_0_100_20" -> scope.call("random_whole", sizes, scope.sizes(100));
      case "bernoulli_03_20" -> scope.call("random_switch", sizes, scope.scalar(0.3));
      default -> throw new IllegalStateException("No way to draw " + call);
    };
  }

  private static void compare(SafetensorsFile file, String name, NDArray drawn) {
    switch (drawn.getDataType()) {
      case INT64 -> assertThat(drawn.toLongArray()).as(name).containsExactly(file.longs(name));
      case FLOAT64 -> {
        double[] values = drawn.toDoubleArray();
        float[] narrow = new float[values.length];
        IntStream.range(0, narrow.length).forEach(i -> narrow[i] = (float) values[i]);
        near(file, name, narrow);
      }
      default -> near(file, name, drawn.toFloatArray());
    }
  }

  private static void near(SafetensorsFile file, String name, float[] drawn) {
    boolean whole = name.contains("bernoulli");
    assertThat(
            Compare.maxDifference(
                whole ? whole(file.longs(name)) : file.floats(name).data(), drawn))
        .as(name)
        .isLessThan(1e-6);
  }

  private static float[] whole(long[] values) {
    float[] floats = new float[values.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = values[i]);
    return floats;
  }
}
