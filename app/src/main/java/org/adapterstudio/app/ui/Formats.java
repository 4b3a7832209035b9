package org.adapterstudio.app.ui;

import java.util.Arrays;
import java.util.Locale;

/**
 * Numbers as people read them, the same on every screen: files in GB (10^9), memory in GiB (2^30),
 * counts as 1.2k, times as 1 h 04 min.
 */
public final class Formats {
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] COUNT = {"", "k", "M", "B", "T"};

  private Formats() {}

  /** Size of a file: 2.5 GB. */
  public static String file(long bytes) {
    return scaled(bytes, 1000, DECIMAL, " ");
  }

  /** Size in memory: 2.5 GiB. */
  public static String memory(long bytes) {
    return scaled(bytes, 1024, BINARY, " ");
  }

  /** A difference as a share: +4.2 %, -0.5 %. */
  public static String difference(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }

  /** A count: 812, 1.2k, 7.2B. */
  public static String count(long count) {
    return scaled(count, 1000, COUNT, "");
  }

  /** A time span: 12 s, 3 min 20 s, 1 h 04 min. */
  public static String time(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
  }

  /** Whole numbers with a thin space every three digits: 9 804. */
  public static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  /** Numbers as {@link #whole} writes them, anything else by its own words. */
  static Object[] words(Object... values) {
    return Arrays.stream(values).map(Formats::word).toArray();
  }

  private static Object word(Object value) {
    return switch (value) {
      case Integer number -> whole(number);
      case Long number -> whole(number);
      case null -> "";
      default -> value.toString();
    };
  }

  private static String scaled(long number, int step, String[] units, String gap) {
    double value = number;
    int unit = 0;
    while (Math.abs(value) >= step && unit < units.length - 1) {
      value /= step;
      unit++;
    }
    String digits =
        unit == 0 || Math.abs(value) >= 100
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, "%.1f", value);
    return digits + (units[unit].isEmpty() ? "" : gap + units[unit]);
  }
}
