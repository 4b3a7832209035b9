package org.adapterstudio.app.plot;

import java.util.Locale;
import org.adapterstudio.app.ui.Messages;

/** How a value reads in words. */
public enum Unit {
  /** Four decimals. */
  LOSS("%.4f", ""),
  /** A learning rate, 2.00e-4. */
  RATE("%.2e", ""),
  /** Three decimals. */
  NORM("%.3f", ""),
  /** Two decimals. */
  RANK("%.2f", ""),
  /** A share, already in percent. */
  PERCENT("%.1f", "\u00a0%"),
  /** Degrees. */
  ANGLE("%.1f", "\u00b0"),
  /** Tokens a second. */
  SPEED("%,.0f", " tokens/s"),
  /** Memory, already in GiB. */
  GIB("%.2f", " GiB");

  private final String format;
  private final String suffix;

  Unit(String format, String suffix) {
    this.format = format;
    this.suffix = suffix;
  }

  /** The value with its unit; "not a number" where it is none. */
  public String text(double value) {
    if (Double.isNaN(value)) {
      return Messages.text("plot.nan");
    }
    if (Double.isInfinite(value)) {
      return Messages.text("plot.infinite");
    }
    if (value == 0 && this == RATE) {
      return "0";
    }
    String text = String.format(Locale.ROOT, format, value).replace(',', '\u202f');
    return text.replaceAll("e([+-])0*(\\d)", "e$1$2").replace("e+", "e") + suffix;
  }

  /** A whole number, a thin space every three digits. */
  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value).replace(',', '\u202f');
  }
}
