package org.adapterstudio.engine.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;

/** All watches over one run; each warns once. */
public final class Watches {
  private final List<Watch> watching;
  private final Map<String, Event.Warned> due = new LinkedHashMap<>();

  /** These watches, none of which has warned. */
  public Watches(List<Watch> watches) {
    watching = new ArrayList<>(watches);
  }

  /**
   * The watches that a recipe gives reason for.
   *
   * @param machineBytes memory of the machine
   */
  public static Watches of(Recipe recipe, long machineBytes) {
    Recipe.Training training = recipe.training();
    var watches = new ArrayList<Watch>();
    watches.add(new EvaluationRises());
    watches.add(new LossAboveStart());
    watches.add(new RankFarBelow(recipe.adapter()));
    watches.add(new MemoryShort(machineBytes, training));
    if (training.maxGradNorm() > 0) {
      watches.add(new ClipAlwaysHit(training.maxGradNorm()));
    }
    return new Watches(watches);
  }

  /** Sees again what a run's log holds; what was warned of there is not warned of again. */
  public void replay(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.Warned told) {
        watching.removeIf(watch -> watch.kind().equals(told.kind()));
        due.remove(told.kind());
      } else {
        look(event);
      }
    }
  }

  /** What is to be warned of after an event. */
  public List<Event.Warned> see(Event event) {
    look(event);
    var now = List.copyOf(due.values());
    due.clear();
    return now;
  }

  private void look(Event event) {
    for (Watch watch : List.copyOf(watching)) {
      watch
          .see(event)
          .ifPresent(
              warning -> {
                watching.remove(watch);
                due.put(watch.kind(), warning);
              });
    }
  }
}
