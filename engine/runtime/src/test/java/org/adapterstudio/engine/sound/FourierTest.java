package org.adapterstudio.engine.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierTest {
  @Test
  void powersAreThoseOfTheDefinition() {
    for (int size : new int[] {2, 16, 30, 400, 512, 1001}) {
      var random = new Random(size);
      double[] one = random.doubles(size, -1, 1).toArray();
      double[] two = random.doubles(size, -1, 1).toArray();
      double[] powerOne = new double[size / 2 + 1];
      double[] powerTwo = new double[size / 2 + 1];
      new Fourier(size).powers(one, two, powerOne, powerTwo);
      for (int k = 0; k <= size / 2; k++) {
        assertThat(powerOne[k]).as(size + ", " + k).isCloseTo(power(one, k), within(1e-10 * size));
        assertThat(powerTwo[k]).as(size + ", " + k).isCloseTo(power(two, k), within(1e-10 * size));
      }
    }
  }

  private static double power(double[] signal, int k) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < signal.length; i++) {
      re += signal[i] * Math.cos(2 * Math.PI * i * k / signal.length);
      im -= signal[i] * Math.sin(2 * Math.PI * i * k / signal.length);
    }
    return re * re + im * im;
  }
}
