package org.adapterstudio.app.plot;

import java.util.Arrays;

/**
 * What is drawn of a series: at most two points a pixel column, its lowest and its highest, in the
 * order in which they occurred. So a single spike among a million points stays visible.
 *
 * @param xs pixels
 * @param ys pixels
 * @param size points used of both arrays
 */
public record Polyline(double[] xs, double[] ys, int size) {

  /** Decimates a series over a plain axis of steps. */
  public static Polyline of(Series series, Scale x, Scale y) {
    return of(series, StepScale.of(x), y);
  }

  /**
   * Decimates what is in view of a series, and one point on each side; points that the scales
   * cannot show (not finite, 0 on a log axis) drop.
   */
  public static Polyline of(Series series, StepScale x, Scale y) {
    StepScale.Span span = x.span(series);
    var out = new Builder((int) Math.min(span.size(), 2 * Math.abs(x.to() - x.from()) + 8));
    var found = new Extremes();
    int i = span.from();
    while (i < span.to()) {
      int end = endOfColumn(series, x, i, span.to());
      series.extremes(i, end, y.log(), found);
      if (!found.none()) {
        out.put(series, x, y, Math.min(found.low(), found.high()));
        if (found.low() != found.high()) {
          out.put(series, x, y, Math.max(found.low(), found.high()));
        }
      }
      i = end;
    }
    return new Polyline(out.xs, out.ys, out.size);
  }

  /** Index of the first point that lies in another pixel column than point {@code i}. */
  private static int endOfColumn(Series series, StepScale x, int i, int to) {
    double column = column(series, x, i);
    if (i + 1 == to || column(series, x, i + 1) != column) {
      return i + 1;
    }
    // Where the column ends by its scale; rounding may be off by a point.
    int end = Math.clamp(series.indexAfter(x.step(column + 1)), i + 1, to);
    while (end < to && column(series, x, end) == column) {
      end++;
    }
    while (end > i + 1 && column(series, x, end - 1) != column) {
      end--;
    }
    return end;
  }

  private static double column(Series series, StepScale x, int i) {
    return Math.floor(x.pixel(series.x(i)));
  }

  /** Points in pixels. */
  private static final class Builder {
    private double[] xs;
    private double[] ys;
    private int size;

    Builder(int capacity) {
      xs = new double[capacity];
      ys = new double[capacity];
    }

    void put(Series series, StepScale x, Scale y, int i) {
      if (size == xs.length) {
        xs = Arrays.copyOf(xs, size * 2 + 2);
        ys = Arrays.copyOf(ys, size * 2 + 2);
      }
      xs[size] = x.pixel(series.x(i));
      ys[size] = y.pixel(series.y(i));
      size++;
    }
  }
}
