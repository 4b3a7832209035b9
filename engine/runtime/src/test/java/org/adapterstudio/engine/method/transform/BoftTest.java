package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoftTest {
  @TempDir Path folder;

  private AdaptedPico pico(String... knobs) {
    return AdaptedPico.of(folder, "boft", 4, knobs);
  }

  @Test
  void theProductOfAnyFactorsIsARotation() {
    try (var pico = pico("boft_n_butterfly_factor=3")) {
      pico.set(SQUARE, "boft_R", i -> Math.cos(7.0 * i));
      Matrix before = pico.weight(SQUARE).times(pico.weight(SQUARE).transposed());
      Matrix after = pico.merged(SQUARE).times(pico.merged(SQUARE).transposed());
      assertThat(after.minus(before).largest()).isLessThan(1e-5);
      assertThat(pico.change(SQUARE).largest()).isGreaterThan(0.05);
    }
  }

  @Test
  void oneFactorAndScalesOfOneAreExactOft() {
    try (var boft = pico("boft_block_size=4");
        var oft =
            AdaptedPico.of(folder, "oft", 4, "oft_block_size=4", "use_cayley_neumann=false")) {
      oft.shaken(0.3);
      float[] q = oft.array(SQUARE, "oft_R.weight").toFloatArray();
      int[] place = {-1, 0, 1, 2, -1, -1, 3, 4, -1, -1, -1, 5, -1, -1, -1, -1};
      boft.set(
          SQUARE, "boft_R", i -> place[i % 16] < 0 ? 0.0 : 2.0 * q[i / 16 * 6 + place[i % 16]]);
      assertThat(boft.merged(SQUARE).minus(oft.merged(SQUARE)).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void withTwoFactorsNumbersOfDifferentBlocksMix() {
    try (var one = pico().shaken(0.3);
        var two = pico("boft_n_butterfly_factor=2").shaken(0.3)) {
      assertThat(mixed(one)).isEqualTo(4);
      assertThat(mixed(two)).isEqualTo(8);
    }
  }

  /** Inputs whose columns of W go into the first column of W', without noise of rounding. */
  private static int mixed(AdaptedPico pico) {
    pico.set(SQUARE, "boft_s", _ -> 1.0);
    Matrix w = pico.weight(SQUARE);
    Matrix rotation = pico.merged(SQUARE).transposed().times(inverse(w).transposed());
    int mixed = 0;
    for (int i = 0; i < 32; i++) {
      mixed += Math.abs(rotation.at(0, i)) > 1e-3 ? 1 : 0;
    }
    return mixed;
  }

  /** By Gauss and Jordan, with pivots. */
  private static Matrix inverse(Matrix of) {
    int n = of.rows();
    double[][] rows = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(of.values(), i * n, rows[i], 0, n);
      rows[i][n + i] = 1;
    }
    for (int c = 0; c < n; c++) {
      int at = c;
      Arrays.sort(rows, at, n, Comparator.comparingDouble(row -> -Math.abs(row[at])));
      double pivot = rows[c][c];
      rows[c] = Arrays.stream(rows[c]).map(value -> value / pivot).toArray();
      for (int i = 0; i < n; i++) {
        double factor = i == c ? 0 : rows[i][c];
        for (int j = 0; j < 2 * n; j++) {
          rows[i][j] -= factor * rows[c][j];
        }
      }
    }
    var right = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[i], n, right, i * n, n);
    }
    return new Matrix(n, n, right);
  }

  @Test
  void cellsAreReadEvenOnesFirst() {
    assertThat(Boft.order(8, 4, 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(Boft.order(8, 4, 1)).containsExactly(0, 1, 4, 5, 2, 3, 6, 7);
  }

  @Test
  void itTrainsSquareBlocksForEachFactorAndAScaleForEachOutput() {
    try (var pico = pico("boft_n_butterfly_factor=2")) {
      assertThat(pico.trained(WIDE)).isEqualTo(2 * 48 * 4 + 32);
    }
    assertThatThrownBy(() -> pico("boft_block_size=5")).hasMessageContaining("does not divide");
  }
}
