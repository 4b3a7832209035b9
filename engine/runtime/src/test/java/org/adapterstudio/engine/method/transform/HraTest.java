package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HraTest {
  @TempDir Path folder;

  @Test
  void mirrorsKeepTheLengthsOfNeuronsAndTheAnglesBetweenThem() {
    try (var pico = AdaptedPico.of(folder, "hra", 4).shaken(0.3)) {
      Matrix before = pico.weight(SQUARE).times(pico.weight(SQUARE).transposed());
      Matrix after = pico.merged(SQUARE).times(pico.merged(SQUARE).transposed());
      assertThat(after.minus(before).largest()).isLessThan(1e-5);
    }
  }

  @Test
  void theCompactFormIsTheProductOfTheReflections() {
    try (var pico = AdaptedPico.of(folder, "hra", 4).shaken(0.3)) {
      Matrix u = Matrix.of(pico.array(SQUARE, "hra_u"));
      Matrix product = Matrix.identity(32);
      for (int i = 0; i < 4; i++) {
        product = product.times(reflection(u, i));
      }
      Matrix wanted = pico.weight(SQUARE).times(product);
      assertThat(pico.merged(SQUARE).minus(wanted).largest()).isLessThan(1e-6);
    }
  }

  private static Matrix reflection(Matrix u, int column) {
    double length = 0;
    for (int i = 0; i < 32; i++) {
      length += u.at(i, column) * u.at(i, column);
    }
    var values = Matrix.identity(32).values();
    for (int i = 0; i < 32; i++) {
      for (int j = 0; j < 32; j++) {
        values[i * 32 + j] -= 2 * u.at(i, column) * u.at(j, column) / length;
      }
    }
    return new Matrix(32, 32, values);
  }

  @Test
  void itIsALoraOfItsRank() {
    try (var pico = AdaptedPico.of(folder, "hra", 4).shaken(0.3)) {
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(4);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void anOddNumberOfMirrorsLeavesOneOverAtTheStart() {
    try (var odd = AdaptedPico.of(folder, "hra", 3);
        var even = AdaptedPico.of(folder, "hra", 4)) {
      assertThat(odd.change(SQUARE).rank(1e-3)).isEqualTo(3);
      assertThat(even.change(SQUARE).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void orthonormalMirrorsNeverStartInPairs() {
    try (var pico = AdaptedPico.of(folder, "hra", 4, "apply_gs=true")) {
      assertThat(pico.change(SQUARE).largest()).isFinite().isPositive();
      assertThat(pico.change(SQUARE).rank(1e-5)).isEqualTo(4);
    }
  }
}
