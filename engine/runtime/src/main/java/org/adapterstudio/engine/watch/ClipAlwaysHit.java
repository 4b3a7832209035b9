package org.adapterstudio.engine.watch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/** Nearly every gradient is clipped: the clip sets the length of the updates, not the gradient. */
final class ClipAlwaysHit implements Watch {
  private static final int WINDOW = 100;
  private static final int MANY = 90;
  private final Recent norms = new Recent(WINDOW);
  private final double limit;

  /**
   * @param limit {@code training.max_grad_norm}, above 0
   */
  ClipAlwaysHit(double limit) {
    this.limit = limit;
  }

  @Override
  public String kind() {
    return "clip_always_hit";
  }

  @Override
  public Optional<Event.Warned> see(Event event) {
    if (!(event instanceof Event.Step step) || !Double.isFinite(step.gradNorm())) {
      return Optional.empty();
    }
    norms.add(step.gradNorm());
    long clipped = norms.count(norm -> norm >= limit);
    return norms.full() && clipped >= MANY
        ? Optional.of(warning(step.step(), clipped))
        : Optional.empty();
  }

  private Event.Warned warning(int step, long clipped) {
    String sentence =
        "The gradient norm was at the clip limit for %d of %d steps.".formatted(clipped, WINDOW);
    String proof =
        String.format(
            Locale.ROOT,
            "Steps %d to %d: median norm %.3g, limit %.3g.",
            step - WINDOW + 1,
            step,
            norms.median(),
            limit);
    return new Event.Warned(step, sentence, kind(), proof, List.of(new Act.HalveLearningRate()));
  }
}
