package org.adapterstudio.engine.model.part;

import java.util.List;

/** How rotary frequencies are stretched for longer contexts. */
public sealed interface RopeScaling {
  /**
   * Angles of one position step.
   *
   * @param inverse frequencies, one for each pair of numbers
   * @param factor that cosines and sines are multiplied with
   */
  record Frequencies(double[] inverse, double factor) {}

  /**
   * The frequencies for rows of a length.
   *
   * @param size rotated numbers of a head
   * @param theta base of the frequencies
   * @param length positions of the longest row, earlier ones included
   */
  Frequencies at(int size, double theta, int length);

  /** Frequencies as they are (arXiv:2104.09864). */
  record None() implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      return new Frequencies(plain(size, theta), 1);
    }
  }

  /** All frequencies divided by one factor (arXiv:2306.15595). */
  record Linear(double by) implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      double[] inverse = plain(size, theta);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= by;
      }
      return new Frequencies(inverse, 1);
    }
  }

  /** A base that grows with the row, once it is longer than the model was made for (NTK). */
  record Dynamic(double by, int context) implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      double growth = by * Math.max(length, context) / context - (by - 1);
      double stretched = theta * Math.pow(growth, size / (size - 2.0));
      return new Frequencies(plain(size, stretched), 1);
    }
  }

  /** Llama 3: long wavelengths divided, short kept, a smooth band between. */
  record Llama3(double by, double lowFreqFactor, double highFreqFactor, double originalContext)
      implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      double[] inverse = plain(size, theta);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] = stretched(inverse[i]);
      }
      return new Frequencies(inverse, 1);
    }

    private double stretched(double frequency) {
      double wavelength = 2 * Math.PI / frequency;
      if (wavelength > originalContext / lowFreqFactor) {
        return frequency / by;
      }
      if (wavelength < originalContext / highFreqFactor) {
        return frequency;
      }
      double smooth =
          (originalContext / wavelength - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
      return (1 - smooth) * frequency / by + smooth * frequency;
    }
  }

  /**
   * YaRN (arXiv:2309.00071): interpolates slow dimensions, keeps fast ones, a ramp between.
   *
   * @param factor of cosines and sines
   * @param betaFast rotations over the original context above which a dimension is kept
   * @param betaSlow rotations below which it is divided
   * @param truncate whether the ramp's ends are rounded to whole dimensions
   */
  record Yarn(
      double by,
      double factor,
      double betaFast,
      double betaSlow,
      double originalContext,
      boolean truncate)
      implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      double low = dimension(betaFast, size, theta);
      double high = dimension(betaSlow, size, theta);
      low = Math.max(truncate ? Math.floor(low) : low, 0);
      high = Math.min(truncate ? Math.ceil(high) : high, size - 1);
      double width = low == high ? 0.001 : high - low;
      double[] inverse = plain(size, theta);
      for (int i = 0; i < inverse.length; i++) {
        double ramp = Math.clamp((i - low) / width, 0, 1);
        inverse[i] = inverse[i] / by * ramp + inverse[i] * (1 - ramp);
      }
      return new Frequencies(inverse, factor);
    }

    private double dimension(double rotations, int size, double theta) {
      return size * Math.log(originalContext / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }

  /** A divisor for each dimension, one set for short rows and one for long (arXiv:2402.13753). */
  record LongRope(
      List<Double> shortFactors, List<Double> longFactors, double factor, int originalContext)
      implements RopeScaling {
    @Override
    public Frequencies at(int size, double theta, int length) {
      List<Double> divisors = length > originalContext ? longFactors : shortFactors;
      double[] inverse = plain(size, theta);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= divisors.get(i);
      }
      return new Frequencies(inverse, factor);
    }
  }

  private static double[] plain(int size, double theta) {
    double[] inverse = new double[size / 2];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1.0 / Math.pow(theta, 2.0 * i / size);
    }
    return inverse;
  }
}
