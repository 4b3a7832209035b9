package org.adapterstudio.engine.method.spectral;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class C3aTest {
  @TempDir Path folder;

  @Test
  void blocksAreCirculantAndDividedByTheInputs() {
    try (var pico = AdaptedPico.of(folder, "c3a", 4, "block_size=16")) {
      Matrix change = pico.change(WIDE);
      float[] kernel = pico.array(WIDE, "c3a_kernel").toFloatArray();
      for (int row = 0; row < 32; row++) {
        for (int column = 0; column < 48; column++) {
          int at = (row / 16 * 3 + column / 16) * 16 + Math.floorMod(column - row, 16);
          assertThat(change.at(row, column)).isCloseTo(kernel[at] / 48.0, within(1e-7));
        }
      }
      Matrix through = pico.output(WIDE, Matrix.identity(48));
      assertThat(through.minus(pico.merged(WIDE).transposed()).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void itsGradientsAreThoseOfTheMatrixItStandsFor() {
    try (Scope scope = Kernels.get().training()) {
      NDArray kernel = trained(scope, 2 * 3 * 8, 2, 3, 8);
      NDArray x = trained(scope, 5 * 24, 5, 24);
      NDArray zero = scope.zeros(5, 16);
      NDArray slope = numbers(scope, 5 * 16, 5, 16);
      NDArray y = scope.call("c3a_forward", x, zero, kernel);
      Autograd.backward(y, slope);
      float[] byKernel = Autograd.gradient(scope, kernel).toFloatArray();
      float[] byInput = Autograd.gradient(scope, x).toFloatArray();
      Autograd.zero(kernel);
      Autograd.zero(x);
      NDArray dense = scope.call("c3a_change", kernel, places(scope));
      Autograd.backward(scope.call("added_linear", x, zero, dense), slope);
      assertThat(Compare.maxDifference(Autograd.gradient(scope, kernel).toFloatArray(), byKernel))
          .isLessThan(1e-6);
      assertThat(Compare.maxDifference(Autograd.gradient(scope, x).toFloatArray(), byInput))
          .isLessThan(1e-6);
    }
  }

  private static NDArray places(Scope scope) {
    var where = new long[64];
    for (int i = 0; i < 64; i++) {
      where[i] = Math.floorMod(i % 8 - i / 8, 8);
    }
    return scope.longs(where, 64);
  }

  private static NDArray trained(Scope scope, int count, long... shape) {
    NDArray array = numbers(scope, count, shape);
    Autograd.require(array, true);
    return array;
  }

  private static NDArray numbers(Scope scope, int count, long... shape) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(3 * i + shape.length);
    }
    return scope.floats(values, shape);
  }

  @Test
  void itTrainsOneNumberForEachRowOfABlockAndCanStartAsTheBase() {
    try (var pico = AdaptedPico.of(folder, "c3a", 4, "start=zero")) {
      assertThat(pico.trained(WIDE)).isEqualTo(48 * 32 / 16);
      assertThat(pico.change(WIDE).largest()).isZero();
    }
  }
}
