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

  /**
   * Longest gap between two steps, in milliseconds, that is believed beyond the step's own time.
   */
  private static final long LONGEST_GAP = 600_000;

  private static final long NEVER = Long.MIN_VALUE;
  private final ArrayDeque<Double> gaps = new ArrayDeque<>();
  private long last = NEVER;
  private int steps;

  /** Forgets everything: an engine took over. */
  public void restart() {
    gaps.clear();
    steps = 0;
    last = NEVER;
  }

  /** The time up to the next step is not the run's. */
  public void pause() {
    last = NEVER;
  }

  /**
   * A step was logged.
   *
   * @param time of day in milliseconds; a clock that was set in between is noticed
   * @param seconds that the step itself took, by a clock that cannot be set
   */
  public void step(long time, double seconds) {
    double own = 1000 * seconds;
    double gap = time - last;
    boolean believed = last != NEVER && gap >= 0.5 * own && gap <= own + LONGEST_GAP;
    gaps.addLast(believed ? gap : own);
    last = time;
    steps++;
    if (gaps.size() > WINDOW) {
      gaps.removeFirst();
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
    double perStep = gaps.stream().mapToDouble(gap -> gap / 1e3).average().orElse(0);
    double seconds = perStep * remaining;
    double spread = 2 * standardError(perStep) * remaining;
    return Messages.text("run.left", Formats.time(seconds), Formats.time(spread));
  }

  private double standardError(double mean) {
    double sum = 0;
    for (double gap : gaps) {
      double off = gap / 1e3 - mean;
      sum += off * off;
    }
    int n = gaps.size();
    return Math.sqrt(sum / Math.max(1, n - 1) / n);
  }
}
