package org.adapterstudio.app.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/** Waiting for something to happen in a run with a living engine. */
final class Live {
  private Live() {}

  /** Refuses a run whose engine is not at work. */
  static void check(RunFolder run) {
    var state = RunHistory.of(run).state();
    if (!state.live()) {
      throw StudioException.badInput(
          "No engine is at work on the run " + run.name() + ": it is " + state.words() + ".",
          state.resumable() ? "`studio resume " + run.name() + "` goes on." : "");
    }
  }

  /** Reads on until a condition holds. */
  static RunHistory await(RunFolder run, Predicate<RunHistory> condition) {
    return awaitAtMost(run, condition, Integer.MAX_VALUE);
  }

  /** Reads on until a condition holds or so many seconds have passed. */
  static RunHistory awaitAtMost(RunFolder run, Predicate<RunHistory> condition, int seconds) {
    var history = RunHistory.of(run);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (!condition.test(history) && System.nanoTime() < end) {
        Thread.sleep(100);
        history.refresh();
      }
      history.refresh();
      return history;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Ended(Exit.INTERRUPTED, "");
    }
  }
}
