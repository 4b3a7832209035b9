package org.adapterstudio.app.plot;

/**
 * TensorBoard's debiased exponential average (its webapp's data_transformer): the early average is
 * divided by 1 - w^n, so that it does not start at zero. Non-finite points pass through and do not
 * move the state; a constant series is left alone. Works on whole series, so that what is drawn
 * does not depend on decimation.
 */
public final class Smoothing {
  private Smoothing() {}

  /** The smoothed series. w is in [0, 0.999]; 0 changes nothing. */
  public static Series debiased(Series series, double w) {
    double[] ys = series.copyOfY();
    if (w > 0 && !constant(ys)) {
      smooth(ys, w);
    }
    return series.withY(ys);
  }

  private static void smooth(double[] ys, double w) {
    double last = 0;
    double remaining = 1; // w^n over the finite points so far
    for (int i = 0; i < ys.length; i++) {
      if (Double.isFinite(ys[i])) {
        last = last * w + (1 - w) * ys[i];
        remaining *= w;
        ys[i] = last / (1 - remaining);
      }
    }
  }

  private static boolean constant(double[] ys) {
    for (double y : ys) {
      if (y != ys[0]) {
        return false;
      }
    }
    return true;
  }
}
