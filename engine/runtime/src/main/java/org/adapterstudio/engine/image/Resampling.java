package org.adapterstudio.engine.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * Filters of a resize, numbered as {@code resample} in a preprocessor configuration (Pillow's
 * {@code Image.Resampling}).
 */
enum Resampling {
  NEAREST(0, 0),
  LANCZOS(1, 3),
  BILINEAR(2, 1),
  BICUBIC(3, 2),
  BOX(4, 0.5),
  HAMMING(5, 1);

  private final int code;
  private final double support;

  Resampling(int code, double support) {
    this.code = code;
    this.support = support;
  }

  static Optional<Resampling> of(int code) {
    return Arrays.stream(values()).filter(r -> r.code == code).findFirst();
  }

  /** Half the filter's width, in pixels of the coarser picture. */
  double support() {
    return support;
  }

  /** The filter's weight at a distance. */
  double weight(double distance) {
    double x = Math.abs(distance);
    return switch (this) {
      case NEAREST -> throw new IllegalStateException("Nearest weighs nothing");
      case BOX -> distance > -0.5 && distance <= 0.5 ? 1 : 0;
      case BILINEAR -> x < 1 ? 1 - x : 0;
      case HAMMING -> x >= 1 ? 0 : sinc(x) * (0.54f + 0.46f * Math.cos(Math.PI * x));
      case BICUBIC -> bicubic(x);
      case LANCZOS -> x < 3 ? sinc(x) * sinc(x / 3) : 0;
    };
  }

  /** Cubic convolution with a = -0.5 (Keys 1981). */
  private static double bicubic(double x) {
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
