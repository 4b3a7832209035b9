package org.adapterstudio.engine.image;

/**
 * Resizes 8-bit pictures exactly as Pillow's {@code Image.resize} does: a filter as wide as the
 * coarser of the two pixel grids (so shrinking does not alias), weights in whole numbers of 2^-22,
 * columns first and rounded to 8 bits, then rows.
 */
final class Resize {
  private static final int PRECISION = 22;

  private Resize() {}

  static Pixels to(Pixels source, int width, int height, Resampling filter) {
    if (filter == Resampling.NEAREST) {
      return nearest(source, width, height);
    }
    Pixels wide = source.width() == width ? source : columns(source, width, filter);
    return wide.height() == height ? wide : rows(wide, height, filter);
  }

  private static Pixels nearest(Pixels source, int width, int height) {
    Pixels result = Pixels.black(width, height, source.channels());
    double stepX = (double) source.width() / width;
    double stepY = (double) source.height() / height;
    for (int c = 0; c < source.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int from = source.row(c, (int) (stepY * (y + 0.5)));
        int at = result.row(c, y);
        for (int x = 0; x < width; x++) {
          result.planes()[at + x] = source.planes()[from + (int) (stepX * (x + 0.5))];
        }
      }
    }
    return result;
  }

  private static Pixels columns(Pixels source, int width, Resampling filter) {
    Weights weights = Weights.of(source.width(), width, filter);
    Pixels result = Pixels.black(width, source.height(), source.channels());
    for (int row = 0; row < source.channels() * source.height(); row++) {
      int from = row * source.width();
      for (int x = 0; x < width; x++) {
        int start = from + weights.first[x];
        result.planes()[row * width + x] = weights.sum(source.planes(), x, start, 1);
      }
    }
    return result;
  }

  private static Pixels rows(Pixels source, int height, Resampling filter) {
    Weights weights = Weights.of(source.height(), height, filter);
    int width = source.width();
    Pixels result = Pixels.black(width, height, source.channels());
    for (int c = 0; c < source.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int from = source.row(c, weights.first[y]);
        int at = result.row(c, y);
        for (int x = 0; x < width; x++) {
          result.planes()[at + x] = weights.sum(source.planes(), y, from + x, width);
        }
      }
    }
    return result;
  }

  /**
   * The share of each source pixel in each target pixel along one side.
   *
   * @param first source pixel of each target pixel
   * @param count of source pixels of each
   * @param shares in 2^-22, {@code stride} a target pixel
   */
  private record Weights(int[] first, int[] count, int[] shares, int stride) {
    static Weights of(int source, int target, Resampling filter) {
      double scale = (double) source / target;
      double spread = Math.max(1, scale);
      double support = filter.support() * spread;
      int stride = (int) Math.ceil(support) * 2 + 1;
      int cells = Math.multiplyExact(target, stride);
      var weights = new Weights(new int[target], new int[target], new int[cells], stride);
      for (int i = 0; i < target; i++) {
        double centre = (i + 0.5) * scale;
        weights.first[i] = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(source, (int) (centre + support + 0.5));
        weights.count[i] = end - weights.first[i];
        weights.fill(i, centre, 1 / spread, filter);
      }
      return weights;
    }

    private void fill(int target, double centre, double shrink, Resampling filter) {
      double[] shares = new double[count[target]];
      double sum = 0;
      for (int i = 0; i < shares.length; i++) {
        shares[i] = filter.weight((i + first[target] - centre + 0.5) * shrink);
        sum += shares[i];
      }
      for (int i = 0; i < shares.length; i++) {
        double share = (sum == 0 ? shares[i] : shares[i] / sum) * (1 << PRECISION);
        this.shares[target * stride + i] = (int) (share < 0 ? share - 0.5 : share + 0.5);
      }
    }

    byte sum(byte[] samples, int target, int from, int step) {
      int sum = 1 << (PRECISION - 1);
      int share = target * stride;
      for (int i = 0, at = from; i < count[target]; i++, at += step) {
        sum += (samples[at] & 0xff) * shares[share + i];
      }
      return (byte) Math.clamp(sum >> PRECISION, 0, 255);
    }
  }
}
