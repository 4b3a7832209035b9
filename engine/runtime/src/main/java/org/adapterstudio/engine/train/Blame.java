package org.adapterstudio.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.run.Event;

/**
 * Finds the micro-batch, the rows and the tensor that a NaN or an infinity comes from, by computing
 * a step's gradients again piece by piece.
 */
final class Blame {
  private final Attempt attempt;

  /** Computes the gradients of some rows alone. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Name of the first tensor whose gradient is no number, "" where only the loss is none; nothing
     * where all is well.
     */
    Optional<String> fault(int microBatch, Rows rows);
  }

  Blame(Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * What to tell of a step.
   *
   * @param what loss or gradient
   */
  Event.NonFinite of(int step, String what, List<Rows> microBatches) {
    for (int i = 0; i < microBatches.size(); i++) {
      Rows rows = microBatches.get(i);
      Optional<String> fault = attempt.fault(i, rows);
      if (fault.isPresent()) {
        List<Integer> all = lines(rows);
        List<Integer> bad = alone(i, rows);
        var culprits = bad.isEmpty() ? all : bad;
        return new Event.NonFinite(step, what, i + 1, all, culprits, fault.get(), false);
      }
    }
    // Each micro-batch alone is finite: their sum overflowed.
    List<Integer> all = microBatches.stream().flatMap(rows -> lines(rows).stream()).toList();
    return new Event.NonFinite(step, what, microBatches.size(), all, all, "", false);
  }

  private List<Integer> alone(int microBatch, Rows rows) {
    var bad = new ArrayList<Integer>();
    for (Rows row : rows.apart()) {
      if (attempt.fault(microBatch, row).isPresent()) {
        bad.add(row.lines()[0]);
      }
    }
    return bad;
  }

  private static List<Integer> lines(Rows rows) {
    return Arrays.stream(rows.lines()).boxed().toList();
  }
}
