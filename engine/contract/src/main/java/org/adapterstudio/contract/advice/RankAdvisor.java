package org.adapterstudio.contract.advice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/**
 * Advises the smallest rank of every layer that keeps a share of its energy, the squared singular
 * values of dW. Of the last two spectra the larger need counts, so that a rank that is still being
 * used more is not cut. A layer that needs all it has, with all values about equal, gets twice
 * that.
 *
 * @param energy share to keep, above 0 and up to 1
 */
public record RankAdvisor(double energy) {
  /** The share where none is asked for. */
  public static final double ENERGY = 0.95;

  /** Part of a run after which spectra mean something. */
  private static final double READY = 0.1;

  /** A spectrum is flat when its effective rank is above this share of the rank. */
  private static final double FLAT = 0.9;

  public RankAdvisor {
    if (!(energy > 0 && energy <= 1)) {
      throw new IllegalArgumentException("Energy " + energy + " is no share");
    }
  }

  /** What a run's log advises. */
  public RankAdvice of(RunHistory run, Recipe recipe) {
    return of(RankRecord.of(run), recipe);
  }

  /** What a record advises now. */
  public RankAdvice of(RankRecord run, Recipe recipe) {
    MethodCard card = MethodCatalogue.find("adapter", recipe.adapter().method()).orElse(null);
    if (card == null || !card.can(MethodCard.Capability.CHANGES_RANKS)) {
      return new RankAdvice.None(
          "The ranks of %s stay as they are: its layers are no plain products of two matrices."
              .formatted(card == null ? recipe.adapter().method() : card.title()));
    }
    int changed = run.change().map(Event.RankChanged::step).orElse(0);
    List<Event.Spectrum> spectra = run.spectra();
    if (spectra.size() < 2) {
      return new RankAdvice.None(waiting(recipe.training().spectrumSteps(), changed > 0));
    }
    int first = changed + (int) Math.ceil(READY * run.totalSteps());
    if (run.step() < first) {
      return new RankAdvice.None(
          String.format(Locale.ROOT, "Ranks are advised from step %,d on.", first));
    }
    return advise(spectra.get(spectra.size() - 2), spectra.getLast(), run.cut());
  }

  private static String waiting(int every, boolean again) {
    return every == 0
        ? "This run measures no spectra: training.spectrum_steps is 0."
        : "Ranks are advised after two spectra%s; one is measured every %d steps."
            .formatted(again ? " since the last change" : "", every);
  }

  /**
   * What two spectra of a run advise.
   *
   * @param cut layers that an earlier change cut: what a cut leaves is flat, and no reason to grow
   */
  public RankAdvice.Proposal advise(Event.Spectrum before, Event.Spectrum now, Set<String> cut) {
    Map<String, Event.Spectrum.Layer> earlier = new HashMap<>();
    before.layers().forEach(layer -> earlier.put(layer.name(), layer));
    var layers = new ArrayList<RankAdvice.Layer>();
    now.layers()
        .forEach(
            layer ->
                layers.add(layer(earlier.get(layer.name()), layer, !cut.contains(layer.name()))));
    return new RankAdvice.Proposal(now.step(), energy, layers);
  }

  private RankAdvice.Layer layer(
      Event.Spectrum.Layer before, Event.Spectrum.Layer now, boolean mayGrow) {
    List<Double> values = now.singularValues();
    int rank = values.size();
    int needed = Math.max(needed(values), before == null ? 1 : needed(before.singularValues()));
    int fitting = Math.min(rank, needed);
    int wanted = mayGrow ? grown(now, fitting) : fitting;
    int advised = norm(values, 0) == 0 ? rank : wanted;
    return new RankAdvice.Layer(
        now.name(),
        rank,
        advised,
        now.effectiveRank(),
        norm(values, 0),
        norm(values, Math.min(rank, advised)),
        now.in() + now.out());
  }

  private static int grown(Event.Spectrum.Layer layer, int needed) {
    int rank = layer.singularValues().size();
    boolean full = needed == rank && layer.effectiveRank() > FLAT * rank && rank > 1;
    int most = Math.min(layer.in(), layer.out()); // 0 where an old log does not tell
    return full ? Math.max(rank, Math.min(2 * rank, most)) : needed;
  }

  /** The smallest rank that keeps the energy; 1 of nothing. */
  int needed(List<Double> values) {
    double all = norm(values, 0) * norm(values, 0);
    double kept = 0;
    for (int i = 0; i < values.size(); i++) {
      kept += values.get(i) * values.get(i);
      if (kept >= energy * all) {
        return i + 1;
      }
    }
    return Math.max(1, values.size());
  }

  /** Root of the squared values from an index on. */
  private static double norm(List<Double> values, int from) {
    double squares = 0;
    for (double value : values.subList(from, values.size())) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
