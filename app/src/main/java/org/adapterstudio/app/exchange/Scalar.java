package org.adapterstudio.app.exchange;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunHistory;

/**
 * One number of a run's log.
 *
 * @param tag what it is, e.g. {@code train/loss}, as the Hugging Face trainer names it
 * @param step last update before it was measured
 * @param time milliseconds since 1970, UTC
 */
public record Scalar(String tag, int step, long time, double value) {
  private static final String MEMORY = "train/memory_bytes";

  /** Every number that counts, in the order of the log; superseded ones are left out. */
  public static List<Scalar> of(RunHistory run) {
    var scalars = new ArrayList<Scalar>();
    run.entries().forEach(entry -> of(entry, scalars));
    if (run.last(Event.Imported.class).isPresent()) {
      // What was not told there is no number.
      scalars.removeIf(scalar -> Double.isNaN(scalar.value()) || scalar.tag().equals(MEMORY));
    }
    return scalars;
  }

  private static void of(EventLog.Entry entry, List<Scalar> all) {
    switch (entry.event()) {
      case Event.Step step -> of(step, entry.time(), all);
      case Event.Evaluated evaluated -> {
        all.add(new Scalar("eval/loss", evaluated.step(), entry.time(), evaluated.evalLoss()));
        evaluated
            .scores()
            .forEach(
                (score, value) ->
                    all.add(new Scalar("eval/" + score, evaluated.step(), entry.time(), value)));
      }
      case Event.Spectrum spectrum ->
          spectrum.layers().forEach(layer -> of(layer, spectrum.step(), entry.time(), all));
      default -> {}
    }
  }

  private static void of(Event.Step step, long time, List<Scalar> all) {
    all.add(new Scalar("train/loss", step.step(), time, step.loss()));
    all.add(new Scalar("train/learning_rate", step.step(), time, step.learningRate()));
    all.add(new Scalar("train/grad_norm", step.step(), time, step.gradNorm()));
    all.add(new Scalar("train/epoch", step.step(), time, step.epoch()));
    all.add(new Scalar("train/tokens_per_second", step.step(), time, step.tokensPerSecond()));
    all.add(new Scalar(MEMORY, step.step(), time, step.memoryBytes()));
    all.add(new Scalar("train/seconds", step.step(), time, step.seconds()));
  }

  private static void of(Event.Spectrum.Layer layer, int step, long time, List<Scalar> all) {
    String under = "spectra/" + layer.name() + "/";
    all.add(new Scalar(under + "effective_rank", step, time, layer.effectiveRank()));
    all.add(new Scalar(under + "stable_rank", step, time, layer.stableRank()));
    all.add(new Scalar(under + "norm", step, time, layer.norm()));
  }
}
