package org.adapterstudio.engine.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/** Three evaluations in a row above the best one: the run learns its rows by heart. */
final class EvaluationRises implements Watch {
  private static final int PATIENCE = 3;
  private static final double MARGIN = 1.01;
  private final List<Event.Evaluated> since = new ArrayList<>();
  private Event.Evaluated best;
  private int saved;
  private int kept;

  @Override
  public String kind() {
    return "evaluation_rises";
  }

  @Override
  public Optional<Event.Warned> see(Event event) {
    return switch (event) {
      case Event.Evaluated evaluated when Double.isFinite(evaluated.evalLoss()) ->
          evaluated(evaluated);
      case Event.CheckpointSaved checkpoint -> {
        saved = checkpoint.step();
        kept = best != null && saved <= best.step() ? saved : kept;
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Event.Warned> evaluated(Event.Evaluated now) {
    if (best == null || now.evalLoss() < best.evalLoss()) {
      best = now;
      kept = saved;
      since.clear();
      return Optional.empty();
    }
    since.add(now);
    boolean rises = since.size() >= PATIENCE && now.evalLoss() > MARGIN * best.evalLoss();
    return rises ? Optional.of(warning(now)) : Optional.empty();
  }

  private Event.Warned warning(Event.Evaluated now) {
    String sentence =
        "The evaluation loss rises since step %d (%s \u2192 %s)."
            .formatted(best.step(), loss(best), loss(now));
    String proof =
        "%s after step %d, then %s after steps %s."
            .formatted(
                loss(best),
                best.step(),
                since.stream().map(EvaluationRises::loss).collect(Collectors.joining(", ")),
                since.stream()
                    .map(later -> String.valueOf(later.step()))
                    .collect(Collectors.joining(", ")));
    return new Event.Warned(now.step(), sentence, kind(), proof + checkpoint(), acts());
  }

  private String checkpoint() {
    if (kept == 0) {
      return "";
    }
    return kept == best.step()
        ? " Best checkpoint: " + kept + "; it is kept."
        : " The checkpoint of step " + kept + ", the last before it, is kept.";
  }

  private List<Act> acts() {
    return kept == 0 ? List.of() : List.of(new Act.StopKeepBest(kept));
  }

  private static String loss(Event.Evaluated evaluated) {
    return String.format(Locale.ROOT, "%.4f", evaluated.evalLoss());
  }
}
