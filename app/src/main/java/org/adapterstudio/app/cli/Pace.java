package org.adapterstudio.app.cli;

import java.util.List;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/**
 * Where training stands and how long it will still take, from the last twenty steps.
 *
 * @param step the last one made
 * @param total planned; 0 while unknown
 */
record Pace(int step, int total, double secondsLeft, Event.Step last) {
  private static final int WINDOW = 20;
  private static final int BAR = 24;

  /** The pace of a run; null before the first step. */
  static Pace of(RunHistory history) {
    List<Event.Step> steps = history.all(Event.Step.class);
    if (steps.isEmpty()) {
      return null;
    }
    int total = history.last(Event.Planned.class).map(Event.Planned::totalSteps).orElse(0);
    var recent = steps.subList(Math.max(0, steps.size() - WINDOW), steps.size());
    double each = recent.stream().mapToDouble(Event.Step::seconds).average().orElse(0);
    Event.Step last = steps.getLast();
    return new Pace(last.step(), total, each * Math.max(0, total - last.step()), last);
  }

  /** "training [#### ] 12/60 loss 1.2345 lr 2.00e-4 810 tokens/s 1 min 02 s left". */
  String line() {
    return "training %s %d/%d  loss %s  lr %s  %.0f tokens/s  %s left"
        .formatted(
            bar(step, total),
            step,
            total,
            Words.loss(last.loss()),
            Words.rate(last.learningRate()),
            last.tokensPerSecond(),
            Words.time(secondsLeft));
  }

  /** A bar of fixed width. */
  static String bar(long done, long total) {
    int full = total <= 0 ? 0 : (int) Math.min(BAR, BAR * done / total);
    return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
  }
}
