package org.adapterstudio.engine.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResamplerTest {
  @Test
  void keepsTonesThatBothRatesCanHold() {
    for (int rate : new int[] {8000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000}) {
      for (int pitch : new int[] {100, 1000, 3300}) {
        float[] resampled = Resampler.of(rate, 16_000).orElseThrow().apply(tone(pitch, rate));
        assertThat(worst(tone(pitch, 16_000), resampled))
            .as(pitch + " of " + rate)
            .isLessThan(2e-5);
      }
    }
  }

  @Test
  void removesTonesAboveTheLowerRate() {
    for (int rate : new int[] {22_050, 44_100, 48_000}) {
      float[] resampled = Resampler.of(rate, 16_000).orElseThrow().apply(tone(9000, rate));
      assertThat(worst(new float[16_000], resampled)).as("of " + rate).isLessThan(1e-5);
    }
  }

  @Test
  void refusesAnOddRatio() {
    assertThat(Resampler.of(44_101, 16_000)).isEmpty();
    assertThat(Resampler.of(Integer.MAX_VALUE, 16_000)).isEmpty();
  }

  /** A second of a tone. */
  private static float[] tone(int pitch, int rate) {
    float[] samples = new float[rate];
    for (int i = 0; i < rate; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * pitch * i / rate);
    }
    return samples;
  }

  /** Largest difference away from the ends, where the tone starts and stops all at once. */
  private static double worst(float[] expected, float[] actual) {
    assertThat(actual).hasSize(expected.length);
    double worst = 0;
    for (int i = 1000; i < expected.length - 1000; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    return worst;
  }
}
