package org.adapterstudio.engine.sound;

import java.util.Arrays;

/** Powers of overlapping Hann windows through mel filters, as decades (log10). */
final class LogMel {
  private static final double QUIETEST = 1e-10;

  private final int hop;
  private final double[] hann;
  private final Fourier fourier;
  private final MelFilters filters;

  LogMel(int mels, int window, int hop, int rate) {
    this.hop = hop;
    this.hann = new double[window];
    for (int i = 0; i < window; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
    }
    this.fourier = new Fourier(window);
    this.filters = new MelFilters(mels, window / 2 + 1, rate);
  }

  /** One row a frame; frame t is centred on sample t * hop, the ends mirrored. */
  double[][] of(float[] sound, int frames) {
    double[][] decades = new double[frames][filters.count()];
    double[] one = new double[hann.length];
    double[] two = new double[hann.length];
    double[] powerOne = new double[hann.length / 2 + 1];
    double[] powerTwo = new double[hann.length / 2 + 1];
    for (int t = 0; t < frames; t += 2) {
      boolean silent = cut(sound, t, one) & cut(sound, t + 1, two);
      if (silent) {
        Arrays.fill(powerOne, 0);
        Arrays.fill(powerTwo, 0);
      } else {
        fourier.powers(one, two, powerOne, powerTwo);
      }
      decades(powerOne, decades[t]);
      if (t + 1 < frames) {
        decades(powerTwo, decades[t + 1]);
      }
    }
    return decades;
  }

  /** Cuts a window out of the sound; true where it holds nothing but zeros. */
  private boolean cut(float[] sound, int frame, double[] window) {
    int start = frame * hop - hann.length / 2;
    boolean silent = true;
    for (int i = 0; i < hann.length; i++) {
      int at = Math.abs(start + i);
      at = at < sound.length ? at : Math.max(0, 2 * (sound.length - 1) - at);
      window[i] = sound[at] * hann[i];
      silent &= window[i] == 0;
    }
    return silent;
  }

  private void decades(double[] powers, double[] decades) {
    for (int mel = 0; mel < decades.length; mel++) {
      decades[mel] = Math.log10(Math.max(QUIETEST, filters.through(mel, powers)));
    }
  }
}
