package org.adapterstudio.app.cli;

import org.adapterstudio.contract.run.Event;

/** Numbers in the studio's own writing: losses, times, sizes. */
final class Words {
  private Words() {}

  /** "1 h 04 min", "3 min 20 s", "12 s". */
  static String time(double seconds) {
    long whole = Math.round(Math.max(0, seconds));
    if (whole >= 3600) {
      return "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
    }
    return whole >= 60 ? "%d min %02d s".formatted(whole / 60, whole % 60) : whole + " s";
  }

  /** A file size in powers of ten: "8.1 MB". */
  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : "%.1f %s".formatted(value, units[unit]);
  }

  /** A size in memory in powers of two: "1.5 GiB". */
  static String memory(long bytes) {
    double mebibytes = bytes / (double) (1 << 20);
    return mebibytes < 1024
        ? "%.0f MiB".formatted(mebibytes)
        : "%.1f GiB".formatted(mebibytes / 1024);
  }

  /** A peak beside its plan: "850 MiB at the peak, planned 812 MiB (-4.5 %)". */
  static String memory(Event.MemoryMeasured memory) {
    return "%s at the peak, planned %s (%+.1f %%)"
        .formatted(
            memory(memory.peakBytes()), memory(memory.plannedBytes()), 100 * memory.planError());
  }

  /** A loss with four decimals. */
  static String loss(double loss) {
    return "%.4f".formatted(loss);
  }

  /** A learning rate as 2.00e-4. */
  static String rate(double rate) {
    return rate == 0 ? "0" : "%.2e".formatted(rate).replaceFirst("e([-+])0", "e$1");
  }

  /** "1,234,567" with thin separators a terminal can show. */
  static String count(long number) {
    return "%,d".formatted(number);
  }
}
