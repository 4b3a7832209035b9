package org.adapterstudio.app.cli;

import java.io.PrintWriter;

/**
 * One line that tells how far the work is: redrawn in place for a person, printed anew every few
 * seconds, and whenever its first word changes, for a log.
 */
final class ProgressLine {
  private static final long LOG_EVERY_NANOS = 5_000_000_000L;
  private static final long DRAW_EVERY_NANOS = 100_000_000L;
  private static final String ERASE = "\r\033[K";
  private final PrintWriter err;
  private final boolean terminal;
  private long last;
  private String word = "";
  private String shown = "";
  private boolean drawn;

  ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Shows a text, or drops it when the last one is too young. */
  synchronized void show(String text) {
    String first = text.split(" ", 2)[0];
    long now = System.nanoTime();
    boolean fresh = !first.equals(word);
    if (text.equals(shown) || !fresh && tooSoon(now)) {
      return;
    }
    word = first;
    shown = text;
    last = now;
    drawn = terminal;
    if (terminal) {
      err.print(ERASE + text);
      err.flush();
    } else {
      err.println(text);
    }
  }

  private boolean tooSoon(long now) {
    return now - last < (terminal ? DRAW_EVERY_NANOS : LOG_EVERY_NANOS);
  }

  /** Takes the line away, so that ordinary output can follow. */
  synchronized void clear() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
      shown = "";
    }
  }

  /** Prints a line that stays. */
  synchronized void say(String text) {
    clear();
    shown = "";
    err.println(text);
  }
}
