package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VbLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "vblora", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void withOneVectorAMixEveryStretchIsAVectorOfTheBank() {
    try (var pico = AdaptedPico.of(folder, "vblora", 1, "topk=1", "num_vectors=5").shaken(0.2)) {
      Matrix bank = Matrix.of(pico.model().trainable().get("base_model.vblora_vector_bank"));
      // A change of rank one is a column times a row: its rows are the row's multiples.
      Matrix change = pico.change(SQUARE);
      for (int stretch = 0; stretch < 2; stretch++) {
        double[] cut = new double[16];
        for (int i = 0; i < 16; i++) {
          cut[i] = change.at(3, 16 * stretch + i);
        }
        assertThat(alongOneOf(bank, cut)).isTrue();
      }
    }
  }

  private static boolean alongOneOf(Matrix bank, double[] cut) {
    for (int v = 0; v < bank.rows(); v++) {
      double dot = 0;
      double own = 0;
      double length = 0;
      for (int i = 0; i < cut.length; i++) {
        dot += cut[i] * bank.at(v, i);
        own += cut[i] * cut[i];
        length += bank.at(v, i) * bank.at(v, i);
      }
      if (Math.abs(dot) > 0.99999 * Math.sqrt(own * length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aLengthThatDoesNotDivideIsRefused() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "vblora", 4, "vector_length=5"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("does not divide");
  }
}
