package org.adapterstudio.engine.inspect;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.run.Event;

/** What the singular values of a layer's update amount to. */
public final class Spectra {
  private Spectra() {}

  /** A layer whose directions are not followed. */
  static Event.Spectrum.Layer layer(String module, float[] values) {
    return layer(module, values, null, null);
  }

  /** A layer by its singular values, its drift and its angles to the start. */
  static Event.Spectrum.Layer layer(
      String module, float[] values, Double drift, List<Double> angles) {
    var list = new ArrayList<Double>(values.length);
    for (float value : values) {
      list.add((double) value);
    }
    return new Event.Spectrum.Layer(
        module,
        effectiveRank(values),
        stableRank(values),
        Math.sqrt(squares(values)),
        list,
        drift,
        angles);
  }

  /**
   * Exponential of the Shannon entropy of the singular values normalised to sum 1 (Roy and Vetterli
   * 2007); 0 for a zero matrix.
   */
  public static double effectiveRank(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (float value : values) {
      double p = value / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.exp(entropy);
  }

  /** Squared Frobenius norm over squared spectral norm; 0 for a zero matrix. */
  public static double stableRank(float[] values) {
    double largest = values.length == 0 ? 0 : values[0];
    return largest == 0 ? 0 : squares(values) / (largest * largest);
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
