package org.adapterstudio.contract.advice;

import java.util.Optional;
import java.util.OptionalDouble;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/**
 * Whether a change of ranks paid: losses of as many steps before it as after it. A run has no twin
 * that was not changed, so this tells how the loss went on, not what it would have been.
 *
 * @param step after which ranks changed
 * @param layers that changed
 * @param bytesBefore of the adapter's trained numbers
 * @param bytesAfter likewise
 * @param lost share of the squared singular values that was cut off
 * @param steps compared on each side; 0 right after the change
 * @param lossBefore mean training loss of these steps; null where there are none
 * @param lossAfter likewise
 * @param evalBefore last held-out loss before the change; null where there is none
 * @param evalAfter last held-out loss since; null where there is none
 */
public record RankOutcome(
    int step,
    int layers,
    long bytesBefore,
    long bytesAfter,
    double lost,
    int steps,
    Double lossBefore,
    Double lossAfter,
    Double evalBefore,
    Double evalAfter) {
  /** More steps than this on each side would mix in how the run began. */
  private static final int MOST = 50;

  private static final double MEGABYTE = 1e6;

  /** The outcome of the last change, if there was one. */
  public static Optional<RankOutcome> of(RunHistory run) {
    return of(RankRecord.of(run));
  }

  /** The same of a record. */
  public static Optional<RankOutcome> of(RankRecord run) {
    return run.change().map(change -> of(run, change));
  }

  private static RankOutcome of(RankRecord run, Event.RankChanged change) {
    int at = change.step();
    int steps = Math.min(MOST, Math.min(at, run.step() - at));
    return new RankOutcome(
        at,
        change.layers().size(),
        RankAdvice.NUMBER * change.parametersBefore(),
        RankAdvice.NUMBER * change.parametersAfter(),
        change.lost(),
        steps,
        run.meanLoss(at - steps, at),
        run.meanLoss(at, at + steps),
        run.evalLoss(at, false),
        run.evalLoss(at, true));
  }

  /** Megabytes that the adapter became smaller; below 0 where it grew. */
  public double megabytesSaved() {
    return (bytesBefore - bytesAfter) / MEGABYTE;
  }

  /**
   * How much the held-out loss, else the training loss, rose for each megabyte of the adapter that
   * was saved; below 0 where it fell all the same. Empty where nothing was saved or measured.
   */
  public OptionalDouble lossPerMegabyte() {
    boolean held = evalBefore != null && evalAfter != null;
    Double before = held ? evalBefore : lossBefore;
    Double after = held ? evalAfter : lossAfter;
    return megabytesSaved() <= 0 || before == null || after == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((after - before) / megabytesSaved());
  }
}
