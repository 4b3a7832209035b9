package org.adapterstudio.engine.train;

import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Event;

/** A step whose loss or gradient is NaN or infinite; nothing of it was kept. */
public final class NonFinite extends StudioException {
  private static final long serialVersionUID = 1L;
  private final transient Event.NonFinite found;

  NonFinite(Event.NonFinite found) {
    super(failure(found));
    this.found = found;
  }

  /** What was found, as it stands in the log. */
  public Event.NonFinite event(boolean skipped) {
    return new Event.NonFinite(
        found.step(),
        found.what(),
        found.microBatch(),
        found.batchLines(),
        found.lines(),
        found.parameter(),
        skipped);
  }

  private static Failure failure(Event.NonFinite found) {
    return new Failure(
        "non_finite",
        "The %s became NaN or infinite at step %d, in micro-batch %d: data lines %s."
                .formatted(found.what(), found.step(), found.microBatch(), found.batchLines())
            + culprits(found)
            + layer(found),
        "Nothing of this step was kept. Look at those rows, or lower the learning rate, and"
            + " resume; training.on_non_finite=skip leaves such batches out.",
        "");
  }

  private static String culprits(Event.NonFinite found) {
    List<Integer> lines = found.lines();
    if (lines.equals(found.batchLines())) {
      return "";
    }
    return lines.size() == 1
        ? " Line " + lines.getFirst() + " does so by itself."
        : " Lines " + lines + " do so by themselves.";
  }

  private static String layer(Event.NonFinite found) {
    return found.parameter().isEmpty()
        ? ""
        : " First tensor without a gradient: " + found.parameter() + ".";
  }
}
