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
    if (!fresh && now - last < (terminal ? DRAW_EVERY_NANOS : LOG_EVERY_NANOS)) {
      return;
    }
    word = first;
    last = now;
    drawn = terminal;
    if (terminal) {
      err.print(ERASE + text);
      err.flush();
    } else {
      err.println(text);
    }
  }

  /** Takes the line away, so that ordinary output can follow. */
  synchronized void clear() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  /** Prints a line that stays. */
  synchronized void say(String text) {
    clear();
    err.println(text);
  }
}
