package org.adapterstudio.engine.method.start;

import java.util.OptionalDouble;
import org.adapterstudio.engine.method.Schedule;

/** Weight decay that falls from one value to another along half a cosine, over all updates. */
final class AnnealedDecay implements Schedule {
  private final double first;
  private final double last;
  private int total = 1;

  AnnealedDecay(double first, double last) {
    this.first = first;
    this.last = last;
  }

  @Override
  public void begin(int totalSteps) {
    total = totalSteps;
  }

  @Override
  public OptionalDouble weightDecay(int step) {
    double progress = Math.min(1, (step - 1) / (double) Math.max(1, total - 1));
    return OptionalDouble.of(last + (first - last) * (1 + Math.cos(Math.PI * progress)) / 2);
  }
}
