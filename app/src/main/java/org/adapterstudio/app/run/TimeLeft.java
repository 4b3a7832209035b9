package org.adapterstudio.app.run;

import java.util.ArrayDeque;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;

/**
 * Estimates the remaining time from this session's steps alone, pauses between them included: an
 * earlier session may have run on another machine. Silent before 30 steps.
 */
public final class TimeLeft {
  /** Steps of this session before an estimate is given. */
  public static final int NEEDED = 30;

  private static final int WINDOW = 400;
  private final ArrayDeque<Long> times = new ArrayDeque<>();
  private int steps;

  /** Forgets everything: an engine took over. */
  public void restart() {
    times.clear();
    steps = 0;
  }

  /** A step was logged at this time, in milliseconds. */
  public void step(long time) {
    times.addLast(time);
    steps++;
    if (times.size() > WINDOW + 1) {
      times.removeFirst();
    }
  }

  /** "Estimating...", or the time for the remaining steps with its spread. */
  public String words(int remaining) {
    if (remaining <= 0) {
      return "";
    }
    if (steps < NEEDED) {
      return Messages.text("run.estimating");
    }
    double perStep = (times.getLast() - times.getFirst()) / 1e3 / (times.size() - 1);
    double seconds = perStep * remaining;
    double spread = 2 * standardError(perStep) * remaining;
    return Messages.text("run.left", Formats.time(seconds), Formats.time(spread));
  }

  private double standardError(double mean) {
    double sum = 0;
    Long before = null;
    for (long time : times) {
      if (before != null) {
        double off = (time - before) / 1e3 - mean;
        sum += off * off;
      }
      before = time;
    }
    int n = times.size() - 1;
    return Math.sqrt(sum / Math.max(1, n - 1) / n);
  }
}
