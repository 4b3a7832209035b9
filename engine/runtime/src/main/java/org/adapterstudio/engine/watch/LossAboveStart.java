package org.adapterstudio.engine.watch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/** The loss has left its start upwards: the learning rate is too high. */
final class LossAboveStart implements Watch {
  private static final int WINDOW = 10;
  private static final double FACTOR = 1.25;
  private static final double LEAST = 0.5;
  private final Recent first = new Recent(WINDOW);
  private final Recent last = new Recent(WINDOW);

  @Override
  public String kind() {
    return "loss_above_start";
  }

  @Override
  public Optional<Event.Warned> see(Event event) {
    if (!(event instanceof Event.Step step) || !Double.isFinite(step.loss())) {
      return Optional.empty();
    }
    if (!first.full()) {
      first.add(step.loss());
      return Optional.empty();
    }
    last.add(step.loss());
    double start = first.median();
    boolean above = last.median() > Math.max(FACTOR * start, start + LEAST);
    return last.full() && above ? Optional.of(warning(step)) : Optional.empty();
  }

  private Event.Warned warning(Event.Step step) {
    String sentence =
        String.format(
            Locale.ROOT,
            "The loss is above its start (%.4f \u2192 %.4f): the learning rate is too high.",
            first.median(),
            last.median());
    String proof =
        String.format(
            Locale.ROOT,
            "Medians of the first %d steps and of steps %d to %d; learning rate now %.2e.",
            WINDOW,
            step.step() - WINDOW + 1,
            step.step(),
            step.learningRate());
    return new Event.Warned(
        step.step(), sentence, kind(), proof, List.of(new Act.HalveLearningRate()));
  }
}
