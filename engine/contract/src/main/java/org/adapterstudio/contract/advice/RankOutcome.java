package org.adapterstudio.contract.advice;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
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
    return run.last(Event.RankChanged.class).map(change -> of(run, change));
  }

  private static RankOutcome of(RunHistory run, Event.RankChanged change) {
    List<Event.Step> made = run.all(Event.Step.class);
    int at = change.step();
    int before = (int) made.stream().filter(step -> step.step() <= at).count();
    int steps = Math.min(MOST, Math.min(before, made.size() - before));
    return new RankOutcome(
        at,
        change.layers().size(),
        RankAdvice.NUMBER * change.parametersBefore(),
        RankAdvice.NUMBER * change.parametersAfter(),
        change.lost(),
        steps,
        mean(made, step -> step <= at && step > at - steps),
        mean(made, step -> step > at && step <= at + steps),
        lastEvaluation(run, step -> step <= at),
        lastEvaluation(run, step -> step > at));
  }

  private static Double mean(List<Event.Step> steps, IntPredicate among) {
    OptionalDouble mean =
        steps.stream()
            .filter(step -> among.test(step.step()))
            .mapToDouble(Event.Step::loss)
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  private static Double lastEvaluation(RunHistory run, IntPredicate among) {
    return run.all(Event.Evaluated.class).stream()
        .filter(evaluated -> among.test(evaluated.step()))
        .reduce((_, last) -> last)
        .map(Event.Evaluated::evalLoss)
        .orElse(null);
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
