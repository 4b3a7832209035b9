package org.adapterstudio.contract.run;

import java.util.Locale;

/** Numbers inside the contract's own sentences, written the same everywhere. */
public final class Figures {
  private Figures() {}

  /** A learning rate as 2.00e-4. */
  public static String rate(double rate) {
    return rate == 0
        ? "0"
        : String.format(Locale.ROOT, "%.2e", rate).replaceFirst("e([-+])0", "e$1");
  }

  /** A loss with four decimals. */
  public static String loss(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }

  /** A file size in powers of ten: 8.1 MB. */
  public static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
