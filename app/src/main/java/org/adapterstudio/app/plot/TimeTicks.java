package org.adapterstudio.app.plot;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Round places on an axis of time: whole seconds, minutes, hours, days. */
final class TimeTicks {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;
  private static final double[] STRIDES = {
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    5 * DAY,
    10 * DAY,
    30 * DAY,
    100 * DAY,
    365 * DAY
  };

  private TimeTicks() {}

  /** Seconds from the start on. */
  static Ticks elapsed(Range seconds, int wanted) {
    double stride = stride(seconds.length(), wanted);
    return ticks(seconds, stride, 0, 1, value -> elapsed(value, stride));
  }

  /** Milliseconds since 1970, as the clock of a place shows them. */
  static Ticks wall(Range millis, int wanted, ZoneId zone) {
    double stride = stride(millis.length() / 1e3, wanted);
    ZonedDateTime first = Instant.ofEpochMilli((long) millis.min()).atZone(zone);
    double offset = first.getOffset().getTotalSeconds(); // so that days begin at midnight
    String pattern = stride < MINUTE ? "HH:mm:ss" : stride < DAY ? "HH:mm" : "d MMM";
    var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
    return ticks(
        millis, stride, offset, 1e3, value -> format.format(Instant.ofEpochMilli((long) value)));
  }

  private static double stride(double seconds, int wanted) {
    for (double stride : STRIDES) {
      if (seconds / stride <= wanted) {
        return stride;
      }
    }
    return STRIDES[STRIDES.length - 1];
  }

  private static Ticks ticks(
      Range range, double stride, double offset, double unit, DoubleFunction<String> label) {
    var values = new ArrayList<Double>();
    long first = (long) Math.ceil((range.min() / unit + offset) / stride - 1e-9);
    for (long k = first; (k * stride - offset) * unit <= range.max() + 1e-6; k++) {
      values.add((k * stride - offset) * unit);
    }
    List<String> labels = values.stream().map(label::apply).toList();
    return new Ticks(values, labels);
  }

  private static String elapsed(double value, double stride) {
    long seconds = Math.round(value);
    if (seconds == 0) {
      return "0";
    }
    if (stride >= DAY) {
      return seconds / 86_400 + "d";
    }
    if (stride >= HOUR || seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    if (stride >= MINUTE) {
      long minutes = seconds / 60;
      return minutes < 60 ? minutes + "min" : "%dh%02d".formatted(minutes / 60, minutes % 60);
    }
    return seconds < 60 ? seconds + "s" : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
