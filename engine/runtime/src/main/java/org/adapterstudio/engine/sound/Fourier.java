package org.adapterstudio.engine.sound;

import java.util.ArrayList;
import java.util.List;

/**
 * The discrete Fourier transform of a fixed size with small prime factors (400 = 4 * 4 * 5 * 5), by
 * Stockham's self-sorting passes. Not safe to share between threads.
 */
final class Fourier {
  private final int size;
  private final List<Integer> factors = new ArrayList<>();
  private final double[] cos;
  private final double[] sin;
  private double[] re;
  private double[] im;
  private double[] nextRe;
  private double[] nextIm;

  Fourier(int size) {
    this.size = size;
    int rest = size;
    for (int factor : new int[] {4, 2, 3, 5, 7, 11, 13}) {
      for (; rest % factor == 0; rest /= factor) {
        factors.add(factor);
      }
    }
    if (rest != 1) {
      throw new IllegalArgumentException(size + " has a prime factor above 13");
    }
    cos = new double[size];
    sin = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = -Math.sin(2 * Math.PI * i / size);
    }
    re = new double[size];
    im = new double[size];
    nextRe = new double[size];
    nextIm = new double[size];
  }

  /** Whether a size can be transformed. */
  static boolean suits(int size) {
    int rest = size;
    for (int factor : new int[] {2, 3, 5, 7, 11, 13}) {
      while (rest > 0 && rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  /**
   * Squared magnitudes of the first {@code size / 2 + 1} frequencies of two real signals, which
   * share one complex transform.
   */
  void powers(double[] one, double[] two, double[] powerOne, double[] powerTwo) {
    System.arraycopy(one, 0, re, 0, size);
    System.arraycopy(two, 0, im, 0, size);
    transform();
    for (int k = 0; k <= size / 2; k++) {
      int mirror = (size - k) % size;
      // Of z = a + ib: 2 A_k = Z_k + conj(Z_-k) and 2i B_k = Z_k - conj(Z_-k).
      double sumRe = re[k] + re[mirror];
      double sumIm = im[k] - im[mirror];
      double gapRe = re[k] - re[mirror];
      double gapIm = im[k] + im[mirror];
      powerOne[k] = (sumRe * sumRe + sumIm * sumIm) / 4;
      powerTwo[k] = (gapRe * gapRe + gapIm * gapIm) / 4;
    }
  }

  private void transform() {
    int blocks = size;
    int stride = 1;
    for (int radix : factors) {
      blocks /= radix;
      for (int p = 0; p < blocks; p++) {
        for (int q = 0; q < stride; q++) {
          butterfly(radix, q + stride * p, stride * blocks, q + stride * radix * p, stride, p);
        }
      }
      swap();
      stride *= radix;
    }
  }

  /** One small transform of {@code radix} numbers, each result turned by its twiddle factor. */
  private void butterfly(int radix, int from, int step, int to, int stride, int p) {
    for (int k = 0; k < radix; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int j = 0; j < radix; j++) {
        int turn = j * k % radix * (size / radix);
        double a = re[from + j * step];
        double b = im[from + j * step];
        sumRe += a * cos[turn] - b * sin[turn];
        sumIm += a * sin[turn] + b * cos[turn];
      }
      int twiddle = p * k * stride;
      nextRe[to + k * stride] = sumRe * cos[twiddle] - sumIm * sin[twiddle];
      nextIm[to + k * stride] = sumRe * sin[twiddle] + sumIm * cos[twiddle];
    }
  }

  private void swap() {
    double[] keptRe = re;
    double[] keptIm = im;
    re = nextRe;
    im = nextIm;
    nextRe = keptRe;
    nextIm = keptIm;
  }
}
