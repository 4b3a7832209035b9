package org.adapterstudio.engine.chat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The template function {@code strftime_now}: this moment in C's date format. */
final class StrftimeNow {
  private static final Map<Character, String> PATTERNS =
      Map.ofEntries(
          Map.entry('Y', "uuuu"),
          Map.entry('y', "uu"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('j', "DDD"));

  private StrftimeNow() {}

  /** Called by templates. */
  public static String now(String format) {
    return format(format, LocalDateTime.now());
  }

  static String format(String format, LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      char directive = format.charAt(++i);
      String pattern = PATTERNS.get(directive);
      if (directive == '%') {
        text.append('%');
      } else if (pattern != null) {
        text.append(DateTimeFormatter.ofPattern(pattern, Locale.US).format(time));
      } else {
        throw new IllegalArgumentException("strftime_now does not know %" + directive);
      }
    }
    return text.toString();
  }
}
