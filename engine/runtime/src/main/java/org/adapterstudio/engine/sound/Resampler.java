package org.adapterstudio.engine.sound;

import java.util.Optional;

/**
 * Brings sound to another rate through a low-pass filter: a sinc under a Kaiser window with 64 zero
 * crossings a side, cut off at 0.9476 of the lower Nyquist frequency (the constants known as
 * "kaiser_best", McFee 2016). Rates of a small ratio need few distinct sets of weights, which are
 * made once.
 */
final class Resampler {
  private static final int ZEROS = 64;
  private static final double CUT_OFF = 0.9475937167399596;
  private static final double BETA = 14.769656459379492;

  /** Weights beyond this mean an odd pair of rates, such as 44101 to 16000. */
  private static final long MOST_WEIGHTS = 1 << 20;

  private final int from;
  private final int to;
  private final int reach;
  private final float[][] weights;

  private Resampler(int from, int to, int reach) {
    this.from = from;
    this.to = to;
    this.reach = reach;
    this.weights = new float[to][2 * reach + 1];
    double scale = CUT_OFF * Math.min(1, (double) to / from);
    for (int phase = 0; phase < to; phase++) {
      double fraction = (double) phase * from % to / to;
      for (int tap = -reach; tap <= reach; tap++) {
        weights[phase][tap + reach] = (float) (scale * filter((tap - fraction) * scale));
      }
    }
  }

  /** A resampler; nothing where the ratio of the rates is too odd. */
  static Optional<Resampler> of(int from, int to) {
    int common = gcd(from, to);
    int reach = (int) Math.ceil(ZEROS * Math.max(1, (double) from / to) / CUT_OFF) + 1;
    return to / common * (2L * reach + 1) > MOST_WEIGHTS
        ? Optional.empty()
        : Optional.of(new Resampler(from / common, to / common, reach));
  }

  float[] apply(float[] samples) {
    float[] result = new float[(int) Math.ceilDiv((long) samples.length * to, (long) from)];
    for (int i = 0; i < result.length; i++) {
      int centre = (int) ((long) i * from / to);
      float[] row = weights[i % to];
      int first = Math.max(0, centre - reach);
      int last = Math.min(samples.length - 1, centre + reach);
      double sum = 0;
      for (int at = first; at <= last; at++) {
        sum += (double) samples[at] * row[at - centre + reach];
      }
      result[i] = (float) sum;
    }
    return result;
  }

  /** The windowed sinc at a distance in zero crossings. */
  private static double filter(double x) {
    if (Math.abs(x) >= ZEROS) {
      return 0;
    }
    double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    double edge = x / ZEROS;
    return sinc * bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
  }

  /** The modified Bessel function of the first kind and order 0, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / 2 / k * (x / 2 / k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
