package org.adapterstudio.app.shell;

import java.util.Locale;

/** How well typed letters match a text: all must occur in order; closer together is better. */
final class Fuzzy {
  private Fuzzy() {}

  /**
   * The score of a match, higher is better; negative where the letters do not occur in order. Word
   * starts and unbroken stretches count most, and a shorter text beats a longer one.
   */
  static int score(String typed, String text) {
    String wanted = typed.toLowerCase(Locale.ROOT).replace(" ", "");
    String in = text.toLowerCase(Locale.ROOT);
    int whole = in.indexOf(typed.toLowerCase(Locale.ROOT).strip());
    if (whole >= 0) {
      return 1000 + (startsWord(in, whole) ? 500 : 0) - in.length();
    }
    int score = 0;
    int at = -1;
    for (int n = 0; n < wanted.length(); n++) {
      int next = in.indexOf(wanted.charAt(n), at + 1);
      if (next < 0) {
        return -1;
      }
      score += next == at + 1 ? 16 : startsWord(in, next) ? 12 : 1;
      at = next;
    }
    return Math.max(0, score * 4 - in.length() / 4);
  }

  private static boolean startsWord(String text, int at) {
    return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
  }
}
