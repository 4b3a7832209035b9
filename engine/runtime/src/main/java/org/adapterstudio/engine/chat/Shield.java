package org.adapterstudio.engine.chat;

/**
 * Text that jinjava would take for something else: it counts the text "false" as untrue. A
 * private-use character inside hides it while rendering.
 */
final class Shield {
  private static final String MARK = "\uE0D0";

  private Shield() {}

  static String over(String text) {
    if (!text.strip().equalsIgnoreCase("false")) {
      return text;
    }
    int first = text.length() - text.stripLeading().length() + 1;
    return text.substring(0, first) + MARK + text.substring(first);
  }

  /** The text without shields; text that holds the mark elsewhere keeps it. */
  static String lift(String text) {
    return text.contains(MARK) ? text.replaceAll("(?i)(f)" + MARK + "(alse)", "$1$2") : text;
  }
}
