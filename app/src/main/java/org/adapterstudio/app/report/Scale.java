package org.adapterstudio.app.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers to pixels along one axis.
 *
 * @param from number at the start pixel
 * @param to number at the end pixel
 */
record Scale(double from, double to, double startPixel, double endPixel) {
  Scale {
    if (!(to > from)) {
      to = from + 1; // a constant series gets an axis all the same
    }
  }

  /** The pixel of a number; numbers outside are held at the border. */
  double pixel(double number) {
    double share = Math.clamp((number - from) / (to - from), 0, 1);
    return startPixel + share * (endPixel - startPixel);
  }

  /** About four round numbers between the ends. */
  List<Double> ticks() {
    double raw = (to - from) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double lead = raw / power;
    double step = power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    var ticks = new ArrayList<Double>();
    for (double at = Math.ceil(from / step - 1e-9) * step; at <= to + step * 1e-9; at += step) {
      ticks.add(Math.abs(at) < step * 1e-9 ? 0 : at);
    }
    return ticks;
  }

  /** A tick's number, as short as it can be told from its neighbours. */
  static String label(double tick) {
    double size = Math.abs(tick);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-3) {
      return "%.1e".formatted(tick).replaceFirst("\\.0e", "e").replaceFirst("e([-+])0", "e$1");
    }
    return new java.math.BigDecimal(tick)
        .round(new java.math.MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }
}
