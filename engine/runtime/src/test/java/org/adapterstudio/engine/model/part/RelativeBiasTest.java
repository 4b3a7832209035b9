package org.adapterstudio.engine.model.part;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Weights;
import org.junit.jupiter.api.Test;

class RelativeBiasTest {
  private static final int LENGTH = 301;

  @Test
  void anEncodersBucketsChangeAtTheDistancesOfTransformers() {
    // First relative position (key minus query) of each bucket, transformers 5.18.0.
    int[] starts = {
      -300, 15, -90, 14, -63, 13, -45, 12, -31, 11, -22, 10, -15, 9, -11, 8, -7, 7, -6, 6, -5, 5,
      -4, 4, -3, 3, -2, 2, -1, 1, 0, 0, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 12,
      25, 16, 26, 23, 27, 32, 28, 46, 29, 64, 30, 91, 31
    };
    check(new RelativeBias("table", 32, 1, 128, true), starts);
    int[] small = {-300, 3, -5, 2, -1, 1, 0, 0, 1, 5, 2, 6, 6, 7};
    check(new RelativeBias("table", 8, 1, 16, true), small);
  }

  @Test
  void aDecodersBucketsLookBackAlone() {
    int[] starts = {
      -300, 31, -112, 30, -98, 29, -86, 28, -76, 27, -66, 26, -58, 25, -51, 24, -45, 23, -39, 22,
      -34, 21, -30, 20, -26, 19, -23, 18, -20, 17, -18, 16, -15, 15, -14, 14, -13, 13, -12, 12, -11,
      11, -10, 10, -9, 9, -8, 8, -7, 7, -6, 6, -5, 5, -4, 4, -3, 3, -2, 2, -1, 1, 0, 0
    };
    check(new RelativeBias("table", 32, 1, 128, false), starts);
    int[] small = {-300, 7, -11, 6, -7, 5, -5, 4, -3, 3, -2, 2, -1, 1, 0, 0};
    check(new RelativeBias("table", 8, 1, 16, false), small);
  }

  @Test
  void aNewTokenSeesTheDistancesThatItWouldSeeInTheWholeText() {
    var bias = new RelativeBias("table", 32, 1, 128, false);
    float[] whole = values(bias, LENGTH, 0);
    float[] last = values(bias, 1, LENGTH - 1);
    assertThat(last)
        .isEqualTo(java.util.Arrays.copyOfRange(whole, whole.length - LENGTH, whole.length));
  }

  private static void check(RelativeBias bias, int[] starts) {
    var expected = new TreeMap<Integer, Integer>();
    for (int i = 0; i < starts.length; i += 2) {
      expected.put(starts[i], starts[i + 1]);
    }
    float[] buckets = values(bias, LENGTH, 0);
    for (int query = 0; query < LENGTH; query++) {
      for (int key = 0; key < LENGTH; key++) {
        int wanted = expected.floorEntry(key - query).getValue();
        assertThat((int) buckets[query * LENGTH + key])
            .as("%d to %d", query, key)
            .isEqualTo(wanted);
      }
    }
  }

  /** The bias of a table whose entry for a bucket is the bucket's number. */
  private static float[] values(RelativeBias bias, int length, int past) {
    try (var base = BaseModel.load(Golden.selfMade("t5_v1_1"), "float32");
        Scope scope = Kernels.get().inference()) {
      float[] numbers = new float[bias.buckets()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      NDArray table = scope.floats(numbers, numbers.length, 1);
      var weights = new Weights(base, Map.of("table.weight", table), Map.of());
      return bias.of(Pass.still(scope, weights), length, past).toFloatArray();
    }
  }
}
