package org.adapterstudio.contract.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunHistory;

/**
 * What of a run's log bears on its ranks, kept small, so that a screen can ask after every new
 * line. A resume drops what came after its checkpoint.
 */
public final class RankRecord {
  private final List<Event.Spectrum> spectra = new ArrayList<>();
  private final List<Event.RankChanged> changes = new ArrayList<>();
  private final List<Event.Evaluated> evaluations = new ArrayList<>();

  /** Loss of each step, by its number; NaN where there is none. */
  private double[] losses = {Double.NaN};

  private int step;
  private int totalSteps;

  /** The record of everything that counts so far. */
  public static RankRecord of(RunHistory run) {
    var record = new RankRecord();
    record.apply(run.entries());
    return record;
  }

  /** Takes the next entries of the log. */
  public void apply(List<EventLog.Entry> entries) {
    for (EventLog.Entry entry : entries) {
      switch (entry.event()) {
        case Event.Started started -> goBack(started.fromStep());
        case Event.Planned planned -> totalSteps = planned.totalSteps();
        case Event.Step made -> keep(made);
        case Event.Evaluated evaluated -> evaluations.add(evaluated);
        case Event.Spectrum spectrum -> spectra.add(spectrum);
        case Event.RankChanged change -> changes.add(change);
        default -> {}
      }
    }
  }

  private void goBack(int from) {
    step = Math.min(step, from);
    if (from + 1 < losses.length) {
      Arrays.fill(losses, from + 1, losses.length, Double.NaN);
    }
    spectra.removeIf(spectrum -> spectrum.step() > from);
    changes.removeIf(change -> change.step() > from);
    evaluations.removeIf(evaluated -> evaluated.step() > from);
  }

  private void keep(Event.Step made) {
    step = made.step();
    if (step >= losses.length) {
      int before = losses.length;
      losses = Arrays.copyOf(losses, Math.max(2 * before, step + 1));
      Arrays.fill(losses, before, losses.length, Double.NaN);
    }
    losses[step] = made.loss();
  }

  /** Last step made. */
  int step() {
    return step;
  }

  /** Steps in all; 0 while unknown. */
  int totalSteps() {
    return totalSteps;
  }

  /** The last change of ranks. */
  public Optional<Event.RankChanged> change() {
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast());
  }

  /** Names of the layers that a change has cut. */
  Set<String> cut() {
    return changes.stream()
        .flatMap(change -> change.layers().stream())
        .filter(layer -> layer.after() < layer.before())
        .map(Event.RankChanged.Layer::name)
        .collect(Collectors.toSet());
  }

  /** Spectra of the ranks of now; before the first update nothing has a direction. */
  List<Event.Spectrum> spectra() {
    int changed = change().map(Event.RankChanged::step).orElse(0);
    return spectra.stream()
        .filter(spectrum -> spectrum.step() > changed)
        .filter(spectrum -> spectrum.layers().stream().anyMatch(layer -> layer.norm() > 0))
        .toList();
  }

  /** Mean loss of the steps that were logged after one step and up to another; null of none. */
  Double meanLoss(int after, int upTo) {
    var mean =
        Arrays.stream(losses, Math.max(0, after + 1), Math.min(losses.length, upTo + 1))
            .filter(loss -> !Double.isNaN(loss))
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  /** The last held-out loss up to a step, or after it; null of none. */
  Double evalLoss(int at, boolean after) {
    return evaluations.stream()
        .filter(evaluated -> evaluated.step() > at == after)
        .reduce((_, last) -> last)
        .map(Event.Evaluated::evalLoss)
        .orElse(null);
  }
}
