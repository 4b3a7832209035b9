package org.adapterstudio.contract.run.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Figures;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Continuation.Item;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;

/** Computes what a continuation restores and changes, from records alone. */
public final class Continuations {
  private Continuations() {}

  /** What going on with a run as chosen does. A pure function. */
  public static Continuation plan(Standing run, Choice choice) {
    return switch (choice) {
      case Choice.Resume _ -> resume(run);
      case Choice.Rewind rewind -> rewind(run, rewind.step());
      case Choice.Extend extend -> extend(run, extend);
      case Choice.Branch branch -> Branching.plan(run, branch);
    };
  }

  private static Continuation resume(Standing run) {
    var refusals = busy(run);
    if (run.finished()) {
      refusals.add(
          "The run %s is finished at step %d; extend it by some steps instead."
              .formatted(run.name(), run.step()));
    }
    Optional<StoredCheckpoint> from = run.newestSound();
    int step = from.map(StoredCheckpoint::step).orElse(0);
    var changes = new ArrayList<Item>();
    passedOver(run, step).ifPresent(changes::add);
    if (run.step() > step) {
      changes.add(again(run, step));
    }
    pending(run, step).ifPresent(changes::add);
    return new Continuation(
        Kind.RESUME,
        run.name(),
        step,
        run.total(),
        from.map(stored -> Restored.all(run, stored, true)).orElse(Restored.nothing(run)),
        List.of(),
        changes,
        refusals,
        run.recipe(),
        true);
  }

  /** A learning rate that the next engine takes up. */
  private static Optional<Item> pending(Standing run, int step) {
    double factor = run.adjustments().pendingFactor();
    return factor == 1
        ? Optional.empty()
        : Optional.of(
            new Item(
                "Learning rate",
                "times %s from step %d on, as was asked".formatted(factor, step + 1)));
  }

  private static Item again(Standing run, int step) {
    return new Item(
        "Steps %d to %d".formatted(step + 1, run.step()),
        "made again, with the same numbers; their events are superseded and stay in the log");
  }

  private static Optional<Item> passedOver(Standing run, int step) {
    var damaged =
        run.checkpoints().stream()
            .filter(stored -> !stored.sound() && stored.step() > step)
            .map(stored -> "step-" + stored.step())
            .toList();
    return damaged.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Item("Damaged checkpoints", String.join(", ", damaged) + " are passed over"));
  }

  private static Continuation rewind(Standing run, int step) {
    var refusals = busy(run);
    Optional<StoredCheckpoint> from = sound(run, step, refusals);
    var changes = new ArrayList<Item>();
    if (run.step() > step) {
      changes.add(
          new Item(
              "Steps %d to %d".formatted(step + 1, run.step()),
              "superseded: they leave the curves and stay in the log"));
    }
    var aside = later(run, step);
    if (!aside.isEmpty()) {
      changes.add(
          new Item("Set aside, not deleted", String.join(", ", aside) + " move to set-aside/"));
    }
    return new Continuation(
        Kind.REWIND,
        run.name(),
        step,
        run.total(),
        from.map(stored -> Restored.all(run, stored, true)).orElse(List.of()),
        List.of(),
        changes,
        refusals,
        run.recipe(),
        true);
  }

  /** What a rewind takes out of the way. */
  private static List<String> later(Standing run, int step) {
    var names = new ArrayList<String>();
    run.checkpoints().stream()
        .filter(stored -> stored.step() > step)
        .forEach(stored -> names.add("step-" + stored.step()));
    if (run.result()) {
      names.add("the exported result");
    }
    return names;
  }

  private static Continuation extend(Standing run, Choice.Extend choice) {
    var refusals = busy(run);
    if (choice.steps() < 1) {
      refusals.add("An extension needs at least one step more.");
    }
    if (run.planned() == 0 || run.step() == 0) {
      refusals.add("The run %s has not made a step yet; start it first.".formatted(run.name()));
    }
    int total = run.total() + Math.max(0, choice.steps());
    Optional<StoredCheckpoint> from = run.newestSound();
    if (from.isEmpty()) {
      refusals.add("No sound checkpoint is left to go on from.");
    }
    int step = from.map(StoredCheckpoint::step).orElse(0);
    var changes = new ArrayList<Item>();
    if (run.step() > step) {
      changes.add(again(run, step));
    }
    changes.add(new Item("Steps in all", "%d instead of %d".formatted(total, run.total())));
    if (refusals.isEmpty()) {
      rates(run, choice, total, changes);
    }
    if (run.result()) {
      changes.add(
          new Item(
              "Set aside, not deleted",
              "the result of step %d moves to set-aside/".formatted(run.step())));
    }
    return new Continuation(
        Kind.EXTEND,
        run.name(),
        step,
        total,
        from.map(stored -> Restored.all(run, stored, true)).orElse(List.of()),
        List.of(
            new Item("Steps", "%d more".formatted(choice.steps())),
            new Item("Learning rate", words(choice.rate()))),
        changes,
        refusals,
        run.recipe(),
        true);
  }

  private static String words(Amendment.Rate rate) {
    return rate == Amendment.Rate.HELD
        ? "held where it stands"
        : "the recipe's schedule made for the new number of steps";
  }

  private static void rates(Standing run, Choice.Extend choice, int total, List<Item> changes) {
    var training = run.recipe().training();
    double before = run.rate(Math.max(1, run.step()));
    double factor = run.adjustments().learningRateFactor(run.step() + 1);
    Amendments then = run.amendments().and(extension(run, choice, total, 0, 0));
    double next = factor * then.rates(training, run.planned()).at(run.step() + 1);
    double end = factor * then.rates(training, run.planned()).at(total);
    changes.add(
        new Item(
            "Learning rate",
            "%s at step %d, then %s at step %d and %s at step %d"
                .formatted(
                    Figures.rate(before),
                    run.step(),
                    Figures.rate(next),
                    run.step() + 1,
                    Figures.rate(end),
                    total)));
    if (next < 0.02 * training.learningRate()) {
      changes.add(
          new Item(
              "Next to nothing is learnt",
              "%s is %.1f %% of the schedule's peak; a rebuilt schedule learns more"
                  .formatted(Figures.rate(next), 100 * next / training.learningRate())));
    }
  }

  /** The amendment that an extension writes. */
  static Amendment.Extended extension(
      Standing run, Choice.Extend choice, int total, long time, long afterEvent) {
    boolean held = choice.rate() == Amendment.Rate.HELD;
    double rate =
        run.amendments().rates(run.recipe().training(), run.planned()).at(Math.max(1, run.step()));
    return new Amendment.Extended(
        time, afterEvent, run.step(), total, choice.rate(), held ? (Double) rate : null);
  }

  /** The checkpoint of a step, or why there is none. */
  static Optional<StoredCheckpoint> sound(Standing run, int step, List<String> refusals) {
    Optional<StoredCheckpoint> stored = run.checkpoint(step);
    if (stored.isEmpty()) {
      var steps = run.checkpoints().stream().map(one -> String.valueOf(one.step())).toList();
      refusals.add(
          "The run %s has no checkpoint of step %d; it has %s."
              .formatted(
                  run.name(),
                  step,
                  steps.isEmpty() ? "none" : "those of steps " + String.join(", ", steps)));
    } else if (!stored.get().sound()) {
      refusals.add(
          "The checkpoint of step %d is damaged: a file is not as its manifest says."
              .formatted(step));
    }
    return stored.filter(StoredCheckpoint::sound);
  }

  private static ArrayList<String> busy(Standing run) {
    var refusals = new ArrayList<String>();
    RunState state = run.state();
    if (state.live()) {
      refusals.add(
          "An engine is at work on the run %s (%s); stop it first."
              .formatted(run.name(), state.words()));
    }
    return refusals;
  }
}
