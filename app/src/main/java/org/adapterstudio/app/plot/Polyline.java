package org.adapterstudio.app.plot;

/**
 * What is drawn of a series: at most two points a pixel column, its lowest and its highest, in the
 * order in which they occurred. So a single spike among a million points stays visible.
 *
 * @param xs pixels
 * @param ys pixels
 * @param size points used of both arrays
 */
public record Polyline(double[] xs, double[] ys, int size) {

  /** Decimates a series; points that the scales cannot show (not finite, 0 on a log axis) drop. */
  public static Polyline of(Series series, Scale x, Scale y) {
    int columns = (int) Math.ceil(Math.abs(x.to() - x.from())) + 2;
    var out = new Builder(Math.min(series.size(), 2 * columns) + 2);
    for (int i = 0; i < series.size(); i++) {
      double value = series.y(i);
      if (Double.isFinite(value) && (!y.log() || value > 0)) {
        out.add(x.pixel(series.x(i)), y.pixel(value));
      }
    }
    return out.build();
  }

  /** Collects the two extremes of the column under way. */
  private static final class Builder {
    private double[] xs;
    private double[] ys;
    private int size;
    private long column = Long.MIN_VALUE;
    private double lowX;
    private double lowY;
    private double highX;
    private double highY;
    private boolean lowFirst;

    Builder(int capacity) {
      xs = new double[capacity];
      ys = new double[capacity];
    }

    void add(double px, double py) {
      long at = (long) Math.floor(px);
      if (at != column) {
        flush();
        column = at;
        lowX = highX = px;
        lowY = highY = py;
        lowFirst = true;
      } else if (py < lowY) {
        lowX = px;
        lowY = py;
        lowFirst = false;
      } else if (py > highY) {
        highX = px;
        highY = py;
        lowFirst = true;
      }
    }

    private void flush() {
      if (column == Long.MIN_VALUE) {
        return;
      }
      put(lowFirst ? lowX : highX, lowFirst ? lowY : highY);
      if (lowY != highY) {
        put(lowFirst ? highX : lowX, lowFirst ? highY : lowY);
      }
    }

    private void put(double px, double py) {
      if (size == xs.length) {
        xs = java.util.Arrays.copyOf(xs, size * 2);
        ys = java.util.Arrays.copyOf(ys, size * 2);
      }
      xs[size] = px;
      ys[size] = py;
      size++;
    }

    Polyline build() {
      flush();
      column = Long.MIN_VALUE;
      return new Polyline(xs, ys, size);
    }
  }
}
