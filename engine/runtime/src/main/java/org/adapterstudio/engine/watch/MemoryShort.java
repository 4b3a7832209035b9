package org.adapterstudio.engine.watch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/** The run takes nearly all of the machine's memory. */
final class MemoryShort implements Watch {
  private static final double SHARE = 0.9;
  private final long machine;
  private final Recipe.Training training;

  /**
   * @param machine its memory in bytes
   */
  MemoryShort(long machine, Recipe.Training training) {
    this.machine = machine;
    this.training = training;
  }

  @Override
  public String kind() {
    return "memory_short";
  }

  @Override
  public Optional<Event.Warned> see(Event event) {
    return event instanceof Event.MemoryMeasured measured && measured.peakBytes() > SHARE * machine
        ? Optional.of(warning(measured))
        : Optional.empty();
  }

  private Event.Warned warning(Event.MemoryMeasured measured) {
    String sentence =
        String.format(
            Locale.ROOT,
            "A step needs %,d MiB of this machine's %,d MiB of memory.",
            measured.peakBytes() >> 20,
            machine >> 20);
    String proof =
        String.format(
            Locale.ROOT,
            "Planned were %,d MiB. A smaller micro-batch or max_length, or"
                + " activation_checkpointing, needs less.",
            measured.plannedBytes() >> 20);
    return new Event.Warned(measured.step(), sentence, kind(), proof, acts());
  }

  private List<Act> acts() {
    int rows = training.perDeviceTrainBatchSize();
    return rows % 2 != 0
        ? List.of()
        : List.of(new Act.PlanBatch(rows / 2, 2 * training.gradientAccumulationSteps()));
  }
}
