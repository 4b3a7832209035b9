package org.adapterstudio.app.plot;

/**
 * Where steps lie along the horizontal axis.
 *
 * @param scale of the axis' own values
 * @param over what these values are
 */
public record StepScale(Scale scale, Abscissa over) {
  /** A plain axis of steps. */
  public static StepScale of(Scale steps) {
    return new StepScale(steps, Abscissa.STEP);
  }

  /** Pixel of a step. */
  public double pixel(double step) {
    return scale.pixel(over.at(step));
  }

  /** Step under a pixel. */
  public double step(double pixel) {
    return over.step(scale.value(pixel));
  }

  /** Whether a step is in view. */
  public boolean contains(double step) {
    return !Double.isNaN(step) && scale.range().contains(over.at(step));
  }

  /** The step at the left end. */
  double firstStep() {
    return over.step(scale.range().min());
  }

  /** The step at the right end. */
  double lastStep() {
    return over.step(scale.range().max());
  }

  /** Pixel of the left end. */
  public double from() {
    return scale.from();
  }

  /** Pixel of the right end. */
  public double to() {
    return scale.to();
  }

  /** Points of a series that are in view, and one more on each side. */
  Span span(Series series) {
    int from = Math.max(0, series.indexAfter(firstStep()) - 1);
    int to = Math.min(series.size(), series.indexAfter(lastStep()) + 1);
    return new Span(from, Math.max(from, to));
  }

  /** Points from {@code from} up to {@code to}, that one not among them. */
  record Span(int from, int to) {
    int size() {
      return to - from;
    }
  }
}
