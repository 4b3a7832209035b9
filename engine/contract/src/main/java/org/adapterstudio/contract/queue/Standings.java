package org.adapterstudio.contract.queue;

import static org.adapterstudio.contract.queue.EntryState.BLOCKED;
import static org.adapterstudio.contract.queue.EntryState.COMPARED;
import static org.adapterstudio.contract.queue.EntryState.FAILED;
import static org.adapterstudio.contract.queue.EntryState.FINISHED;
import static org.adapterstudio.contract.queue.EntryState.HALVED;
import static org.adapterstudio.contract.queue.EntryState.HELD;
import static org.adapterstudio.contract.queue.EntryState.RUNNING;
import static org.adapterstudio.contract.queue.EntryState.STARTING;
import static org.adapterstudio.contract.queue.EntryState.STOPPED;
import static org.adapterstudio.contract.queue.EntryState.WAITING;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.run.RunState;

/** Derives what every entry is doing from facts and deeds; a pure function of what was read. */
public final class Standings {
  /** An engine is started this often before an entry counts as failed. */
  public static final int TRIES = 3;

  private static final long PAUSE_MILLIS = 5_000;
  private final Deeds deeds;

  /** Standings under what a keeper did so far. */
  public Standings(Deeds deeds) {
    this.deeds = deeds;
  }

  /** A train entry, its dependencies not looked at. */
  public Standing of(QueueEntry entry, Work.Train work, String name, RunFacts run) {
    boolean open = deeds.startOpen(entry, work.run(), run.startedSeq());
    Optional<Deed.StopAsked> stop = deeds.stop(entry, work.run(), run.startedSeq());
    SmallerBatch smaller =
        run.ending() == RunFacts.Ending.FAILED && SmallerBatch.wanted(run.failure())
            ? SmallerBatch.of(run.micro(), run.accumulation()).orElse(null)
            : null;
    var base =
        new Standing(
            entry,
            WAITING,
            "",
            run,
            null,
            name,
            run.device(),
            smaller,
            stop.orElse(null),
            notBefore(entry));
    if (!run.readable()) {
      return base.as(FAILED, "Its run folder is gone or its recipe cannot be read.");
    }
    if (run.live()) {
      boolean paused = run.state() == RunState.PAUSED;
      return base.as(RUNNING, paused ? "Paused by a person; it keeps its device." : "");
    }
    return startFailed(base)
        .or(() -> open ? Optional.of(base.as(STARTING, "")) : Optional.empty())
        .orElseGet(() -> held(ended(base, stop)));
  }

  /** A command, its dependencies not looked at. */
  public Standing of(QueueEntry entry, Work.Act work, ActFacts act) {
    String line = "studio " + String.join(" ", work.command());
    var base =
        new Standing(entry, WAITING, "", null, act, line, "cpu", null, null, notBefore(entry));
    if (act.live()) {
      return base.as(RUNNING, "");
    }
    if (act.outcome() != null) {
      return act.outcome().exit() == 0
          ? base.as(FINISHED, act.outcome().said())
          : base.as(FAILED, act.outcome().said());
    }
    if (act.begun() && deeds.starts(entry) >= TRIES) {
      return base.as(FAILED, "It was ended from outside " + TRIES + " times.");
    }
    return startFailed(base)
        .or(
            () ->
                deeds.startOpen(entry, "", 0)
                    ? Optional.of(base.as(STARTING, ""))
                    : Optional.empty())
        .orElseGet(() -> held(base));
  }

  /** The same entries with what each comes after looked at. */
  public List<Standing> linked(List<Standing> all) {
    var linked = new ArrayList<Standing>();
    for (Standing one : all) {
      linked.add(one.state() == WAITING ? behind(one, all) : one);
    }
    return linked;
  }

  /** Whether everything an entry comes after has finished. */
  static boolean free(Standing one, List<Standing> all) {
    return one.entry().after().stream().allMatch(id -> finished(id, all));
  }

  private static Standing behind(Standing one, List<Standing> all) {
    for (String id : one.entry().after()) {
      if (!finished(id, all)) {
        Optional<String> obstacle = obstacle(id, all);
        return obstacle
            .map(why -> one.as(BLOCKED, why))
            .orElseGet(() -> one.as(WAITING, "After " + String.join(", ", one.entry().after())));
      }
    }
    return one;
  }

  /** A grid has finished when all its runs have ended and one of them has finished. */
  private static boolean finished(String id, List<Standing> all) {
    List<Standing> found = named(id, all);
    return found.stream().anyMatch(one -> one.state() == FINISHED)
        && found.stream().allMatch(one -> one.state().ended());
  }

  private static Optional<String> obstacle(String id, List<Standing> all) {
    List<Standing> found = named(id, all);
    if (found.isEmpty()) {
      return Optional.of("Comes after " + id + ", which is no longer in the queue.");
    }
    return found.stream().allMatch(one -> one.state().ended() || one.state() == BLOCKED)
        ? Optional.of("Comes after " + id + ", which " + ending(found.getFirst().state()) + ".")
        : Optional.empty();
  }

  private static String ending(EntryState state) {
    return switch (state) {
      case FAILED -> "failed";
      case STOPPED -> "was stopped";
      case HALVED -> "was stopped as the worse half";
      default -> "cannot start";
    };
  }

  private static List<Standing> named(String id, List<Standing> all) {
    return all.stream().filter(one -> one.id().equals(id) || one.in(id)).toList();
  }

  private Standing ended(Standing base, Optional<Deed.StopAsked> stop) {
    RunFacts run = base.run();
    return switch (run.ending()) {
      case NONE -> base;
      case FINISHED -> base.as(FINISHED, "");
      case FAILED ->
          base.smaller() == null
              ? base.as(FAILED, run.failure().text())
              : base.as(
                  WAITING,
                  "Memory ran out; tried again with micro-batch %d and accumulation %d."
                      .formatted(base.smaller().micro(), base.smaller().accumulation()));
      case LOST -> lost(base);
      case STOPPED ->
          stop.map(asked -> stopped(base, asked))
              .orElseGet(() -> base.as(STOPPED, "Stopped by a person at step " + run.step() + "."));
    };
  }

  private static Standing lost(Standing base) {
    int losses = base.run().losses();
    return losses < TRIES
        ? base.as(
            WAITING, "Its engine was lost at step " + base.run().step() + "; it will be resumed.")
        : base.as(
            FAILED,
            "Its engine was lost "
                + losses
                + " times without a last word. Too little memory may be the reason; engine.log may"
                + " tell more.");
  }

  private Standing stopped(Standing base, Deed.StopAsked asked) {
    if (asked.reason() == Deed.Reason.QUIET) {
      return base.as(WAITING, "Goes on after the quiet hours.");
    }
    String grid = base.entry().grid() == null ? "" : base.entry().grid().grid();
    for (Deed.Halved halved : deeds.halvings(grid)) {
      if (halved.step() == asked.step()) {
        return judged(base, halved);
      }
    }
    return base.as(COMPARED, "Waits at step " + base.run().step() + " to be compared.");
  }

  private static Standing judged(Standing base, Deed.Halved halved) {
    for (int at = 0; at < halved.places().size(); at++) {
      Halving.Place place = halved.places().get(at);
      if (place.entry().equals(base.id())) {
        String rank =
            "%d of %d at step %d by %s%s"
                .formatted(
                    at + 1,
                    halved.places().size(),
                    halved.step(),
                    halved.measure().equals(Halving.HELD_OUT) ? "held-out loss" : halved.measure(),
                    place.loss() == null ? "" : " (%.4f)".formatted(place.loss()));
        return place.kept()
            ? base.as(WAITING, "Goes on as " + rank + ".")
            : base.as(HALVED, "Stopped as " + rank + ".");
      }
    }
    return base.as(WAITING, "");
  }

  private Optional<Standing> startFailed(Standing base) {
    List<String> failures = deeds.startFailures(base.entry());
    return failures.size() < TRIES
        ? Optional.empty()
        : Optional.of(base.as(FAILED, failures.getLast()));
  }

  private static Standing held(Standing one) {
    return one.state() == WAITING && one.entry().held() ? one.as(HELD, one.why()) : one;
  }

  private long notBefore(QueueEntry entry) {
    long last = deeds.lastStartFailure(entry);
    return last == 0 ? 0 : last + PAUSE_MILLIS * deeds.startFailures(entry).size();
  }
}
