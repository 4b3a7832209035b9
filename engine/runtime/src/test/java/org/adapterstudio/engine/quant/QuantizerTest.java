package org.adapterstudio.engine.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizerTest {
  private static final int WIDEST_HALF_GAP_MILLI = 152;

  @ParameterizedTest
  @EnumSource(
      value = Quantization.class,
      names = {"NF4", "INT8"})
  void codingWhatWasDecodedGivesTheSameNumbers(Quantization kind) {
    try (Scope scope = Kernels.get().training()) {
      float[] once = decoded(scope, kind, normal(96 * 80, 1), 96, 80);
      // 127 * (absmax / 127) may differ from absmax by its last bit; NF4 keeps absmax itself.
      double allowed = kind == Quantization.NF4 ? 0 : 1e-6;
      float[] twice = decoded(scope, kind, once, 96, 80);
      assertThat(Compare.maxDifference(once, twice)).isLessThanOrEqualTo(allowed);
    }
  }

  @Test
  void noNumberMovesFurtherThanHalfTheWidestGapOfItsBlock() {
    float[] values = normal(64 * 100, 2);
    try (Scope scope = Kernels.get().training()) {
      float[] decoded = decoded(scope, Quantization.NF4, values, 100, 64);
      for (int block = 0; block < 100; block++) {
        float absmax = 0;
        float error = 0;
        for (int i = 64 * block; i < 64 * block + 64; i++) {
          absmax = Math.max(absmax, Math.abs(values[i]));
          error = Math.max(error, Math.abs(values[i] - decoded[i]));
        }
        assertThat(error).isLessThanOrEqualTo(absmax * WIDEST_HALF_GAP_MILLI / 1000);
      }
    }
  }

  @Test
  void theErrorOnNormalNumbersIsThePapersAndTheDoubledScalesAddLittle() {
    float[] values = normal(1 << 18, 3);
    try (Scope scope = Kernels.get().training()) {
      double plain = rms(values, decoded(scope, Quantization.NF4, values, 512, 512));
      double nested = rms(values, decoded(scope, Quantization.NF4_DOUBLE, values, 512, 512));
      assertThat(plain).isCloseTo(0.092, within(0.002));
      assertThat(nested).isCloseTo(plain, within(0.001));
    }
  }

  @Test
  void zerosAndTheLargestNumberOfABlockSurvive() {
    float[] values = new float[70];
    values[5] = -3.25f;
    values[64 + 2] = 0.75f;
    try (Scope scope = Kernels.get().training()) {
      assertThat(decoded(scope, Quantization.NF4, values, 7, 10)).containsExactly(values);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Quantization.class,
      names = {"NF4", "NF4_DOUBLE", "INT8"})
  void theBytesHeldAreThoseThePlannerCounts(Quantization kind) {
    try (Scope scope = Kernels.get().training()) {
      for (int[] shape : new int[][] {{64, 64}, {33, 51}, {300, 257}}) {
        NDArray weight = scope.floats(normal(shape[0] * shape[1], 4), shape[0], shape[1]);
        Packed packed = new Quantizer(kind, scope).pack(weight, shape[0], shape[1]);
        assertThat(packed.bytes()).isEqualTo(kind.bytes(shape[0], shape[1]));
      }
    }
  }

  @Test
  void aWeightOfManyPartsIsCodedAsOne() {
    float[] values = normal(1100 * 1024, 5);
    float[] rows = new float[64 * 1024];
    System.arraycopy(values, 1000 * 1024, rows, 0, rows.length);
    try (Scope scope = Kernels.get().training()) {
      for (Quantization kind : new Quantization[] {Quantization.NF4, Quantization.INT8}) {
        float[] whole = decoded(scope, kind, values, 1100, 1024);
        float[] part = decoded(scope, kind, rows, 64, 1024);
        assertThat(java.util.Arrays.copyOfRange(whole, 1000 * 1024, 1064 * 1024))
            .containsExactly(part);
      }
    }
  }

  @Test
  void anUnknownWordNamesTheKnownOnes() {
    assertThatThrownBy(() -> Quantization.of("int4"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("int4")
        .hasMessageContaining("none, nf4, nf4-double, int8");
  }

  private static float[] decoded(
      Scope scope, Quantization kind, float[] values, long rows, long columns) {
    NDArray weight = scope.floats(values, rows, columns);
    return new Quantizer(kind, scope).pack(weight, rows, columns).decode(scope).toFloatArray();
  }

  private static float[] normal(int count, long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double rms(float[] a, float[] b) {
    assertThat(Compare.maxDifference(a, b)).isFinite();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}
