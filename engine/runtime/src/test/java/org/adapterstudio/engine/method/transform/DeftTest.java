package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeftTest {
  @TempDir Path folder;

  @Test
  void itStartsAsTheBaseInBothModesUnlessToldToReplaceAtOnce() {
    for (String mode : new String[] {"relu", "qr"}) {
      String method = "decomposition_method=" + mode;
      try (var pico = AdaptedPico.of(folder, "deft", 4, method);
          var scaled = AdaptedPico.of(folder, "deft", 4, method, "injection_alpha=12");
          var replacing = AdaptedPico.of(folder, "deft", 4, method, "replace_at_start=true")) {
        assertThat(pico.change(SQUARE).largest()).isLessThan(1e-6);
        assertThat(scaled.change(SQUARE).largest()).isLessThan(1e-6);
        assertThat(replacing.change(SQUARE).largest()).isGreaterThan(1e-5);
      }
    }
  }

  @Test
  void withOrthonormalDirectionsAndNoContentTheSubspaceIsGone() {
    try (var pico = AdaptedPico.of(folder, "deft", 4, "decomposition_method=qr", "para=true")) {
      Matrix left = pico.merged(SQUARE);
      Matrix p = Matrix.of(pico.array(SQUARE, "deft_P"));
      assertThat(p.transposed().times(left).largest()).isLessThan(1e-6);
      assertThat(pico.weight(SQUARE).rank(1e-6) - left.rank(1e-6)).isEqualTo(4);
      assertThat(pico.trained(SQUARE)).isEqualTo(4 * 32);
    }
  }

  @Test
  void itIsExactlyALoraOfItsRank() {
    try (var pico = AdaptedPico.of(folder, "deft", 4).shaken(0.3)) {
      Matrix through = pico.output(WIDE, Matrix.identity(48));
      assertThat(through.minus(pico.merged(WIDE).transposed()).largest()).isLessThan(1e-5);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-6);
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(4);
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32));
    }
  }
}
