package org.adapterstudio.app.plot;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round places on an axis, with their labels.
 *
 * @param values ascending
 * @param labels one for each value
 */
public record Ticks(List<Double> values, List<String> labels) {

  /** Places on a horizontal axis; times of day as this machine's clock shows them. */
  static Ticks of(Abscissa.Kind kind, Range range, int wanted) {
    return switch (kind) {
      case STEP, TOKENS -> steps(range, wanted);
      case ELAPSED -> TimeTicks.elapsed(range, wanted);
      case WALL -> TimeTicks.wall(range, wanted, ZoneId.systemDefault());
    };
  }

  /** Multiples of 1, 2 or 5 times a power of ten, at most {@code wanted} + 1 of them. */
  public static Ticks linear(Range range, int wanted) {
    double step = niceStep(range.length() / Math.max(1, wanted));
    var values = new ArrayList<Double>();
    long first = (long) Math.ceil(range.min() / step - 1e-9);
    for (long k = first; k * step <= range.max() + step * 1e-9; k++) {
      values.add(k * step);
    }
    return new Ticks(values, values.stream().map(value -> label(value, step)).toList());
  }

  /** Whole steps only, labelled 500, 1k, 1.5k. */
  public static Ticks steps(Range range, int wanted) {
    double step = Math.max(1, niceStep(range.length() / Math.max(1, wanted)));
    var values = new ArrayList<Double>();
    long first = (long) Math.ceil(range.min() / step - 1e-9);
    for (long k = first; k * step <= range.max() + 1e-9; k++) {
      values.add(k * step);
    }
    return new Ticks(values, values.stream().map(Ticks::stepLabel).toList());
  }

  /** Powers of ten, with 2 and 5 between them where there are few. */
  public static Ticks log(Range range) {
    var values = new ArrayList<Double>();
    int low = (int) Math.floor(Math.log10(range.min()));
    int high = (int) Math.ceil(Math.log10(range.max()));
    int every = Math.max(1, (high - low) / 6);
    int[] between = high - low <= 2 ? new int[] {1, 2, 5} : new int[] {1};
    for (int decade = low; decade <= high; decade += every) {
      for (int factor : between) {
        double value = factor * Math.pow(10, decade);
        if (range.contains(value)) {
          values.add(value);
        }
      }
    }
    return new Ticks(values, values.stream().map(value -> label(value, value)).toList());
  }

  /** 950 as it is, 1 200 as 1.2k, two millions as 2M. */
  public static String stepLabel(double step) {
    if (Math.abs(step) < 1000) {
      return trimmed(step, 0);
    }
    if (Math.abs(step) < 1e6) {
      return trimmed(step / 1e3, 1) + "k";
    }
    return Math.abs(step) < 1e9 ? trimmed(step / 1e6, 2) + "M" : trimmed(step / 1e9, 2) + "G";
  }

  private static double niceStep(double raw) {
    if (!(raw > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double lead = raw / power;
    return power * (lead <= 1.0000001 ? 1 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10);
  }

  private static String label(double value, double step) {
    if (Math.abs(value) < step * 1e-9) {
      return "0";
    }
    if (Math.abs(step) < 1e-3 || Math.abs(value) >= 1e6) {
      return exponent(value);
    }
    if (Math.abs(value) >= 10_000) {
      return stepLabel(value);
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(Math.abs(step)) - 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String exponent(double value) {
    String text = String.format(Locale.ROOT, "%.1e", value).replaceAll("\\.0e", "e");
    return text.replaceAll("e([+-])0*(\\d+)", "e$1$2").replace("e+", "e");
  }

  private static String trimmed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
