package org.adapterstudio.app.cli;

import java.util.Locale;

/** Whether there is something to open a window on. */
final class Display {
  private Display() {}

  static boolean isThere() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.contains("win")
        || os.contains("mac")
        || "Headless".equals(System.getProperty("glass.platform"))
        || isSet("DISPLAY")
        || isSet("WAYLAND_DISPLAY");
  }

  /** Whether a person may be looking at it: continuous integration sets CI. */
  static boolean isWatched() {
    return isThere() && !isSet("CI");
  }

  private static boolean isSet(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
