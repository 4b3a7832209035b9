package org.adapterstudio.contract.queue;

import static org.adapterstudio.contract.queue.EntryState.BLOCKED;
import static org.adapterstudio.contract.queue.EntryState.COMPARED;
import static org.adapterstudio.contract.queue.EntryState.FINISHED;
import static org.adapterstudio.contract.queue.EntryState.HELD;
import static org.adapterstudio.contract.queue.EntryState.RUNNING;
import static org.adapterstudio.contract.queue.EntryState.STARTING;
import static org.adapterstudio.contract.queue.EntryState.WAITING;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapterstudio.contract.run.RunState;

/**
 * Says what comes next: a pure function of the entries as they stand, the devices others hold, and
 * the clock. On each device at most one entry is at work; a start that may be on its way counts.
 */
public final class Schedule {
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private final List<Standing> all;
  private final QuietHours quiet;
  private final Deeds deeds;

  /** A schedule of standings, first to last. */
  public Schedule(List<Standing> all, QuietHours quiet, Deeds deeds) {
    this.all = all;
    this.quiet = quiet;
    this.deeds = deeds;
  }

  /**
   * What to do now, in order.
   *
   * @param busy devices of engines that do not belong to this queue
   */
  public List<Next> next(Collection<String> busy, Instant now, ZoneId zone) {
    boolean still = quiet.contain(now.atZone(zone).toLocalTime());
    var next = new ArrayList<Next>();
    for (Standing one : all) {
      if (one.state() == RUNNING) {
        stop(one, still).ifPresent(next::add);
      } else if (one.state() == WAITING
          && one.smaller() != null
          && rested(one, now.toEpochMilli())) {
        next.add(new Next.Shrink(one));
      }
    }
    grids().forEach(grid -> halve(grid).ifPresent(next::add));
    if (!still) {
      launch(new ArrayList<>(busy), now.toEpochMilli(), next);
    }
    return next;
  }

  /** Whether a keeper has anything to wait for. */
  public boolean anythingDue() {
    return all.stream()
        .anyMatch(
            one ->
                one.state() == RUNNING
                    || one.state() == STARTING
                    || one.state() == COMPARED && comparable(one)
                    || one.state() == WAITING && !stuck(one));
  }

  private void launch(List<String> taken, long now, List<Next> next) {
    for (Standing one : all) {
      if (one.state() == RUNNING) {
        taken.add(one.device());
      }
    }
    for (EntryState state : List.of(STARTING, WAITING)) {
      for (Standing one : all) {
        if (one.state() == state && mayStart(one, now) && Devices.free(one.device(), taken)) {
          next.add(new Next.Launch(one));
          taken.add(one.device());
        }
      }
    }
  }

  private boolean mayStart(Standing one, long now) {
    return one.state() == STARTING
        || one.smaller() == null && rested(one, now) && Standings.free(one, all);
  }

  /** A clock that was set back keeps nobody waiting. */
  private static boolean rested(Standing one, long now) {
    long wait = one.notBefore() - now;
    return wait <= 0 || wait > LONGEST_PAUSE_MILLIS;
  }

  /** A stop that was written down but never sent, because a keeper died between, is sent again. */
  private Optional<Next> stop(Standing one, boolean still) {
    RunFacts run = one.run();
    if (run == null || run.startedSeq() == 0 || run.state() == RunState.STOPPING) {
      return Optional.empty();
    }
    if (still && quiet.stopRunning()) {
      return Optional.of(new Next.Stop(one, Deed.Reason.QUIET, run.step()));
    }
    return nextRung(one)
        .filter(rung -> reached(run, rung))
        .map(rung -> new Next.Stop(one, Deed.Reason.COMPARE, rung));
  }

  /** Its evaluation comes right behind the step, so one more step is waited for. */
  private static boolean reached(RunFacts run, int rung) {
    return run.step() > rung || run.step() == rung && run.heldOut().containsKey(rung);
  }

  /** The first step at which a run is still to be compared. */
  private Optional<Integer> nextRung(Standing one) {
    QueueEntry.GridPlace grid = one.entry().grid();
    if (grid == null) {
      return Optional.empty();
    }
    List<Integer> decided = deeds.halvings(grid.grid()).stream().map(Deed.Halved::step).toList();
    return grid.halveAt().stream().filter(rung -> !decided.contains(rung)).findFirst();
  }

  private Set<String> grids() {
    var grids = new LinkedHashSet<String>();
    all.stream()
        .filter(one -> one.state() == COMPARED)
        .forEach(one -> grids.add(one.entry().grid().grid()));
    return grids;
  }

  /** Compares when no run of the grid is still on its way to the step. */
  private Optional<Next> halve(String grid) {
    List<Standing> runs = all.stream().filter(one -> one.in(grid)).toList();
    boolean underWay = runs.stream().anyMatch(Schedule::onItsWay);
    if (underWay) {
      return Optional.empty();
    }
    Standing first = runs.stream().filter(one -> one.state() == COMPARED).findFirst().orElseThrow();
    return nextRung(first)
        .map(rung -> new Next.Halve(Halving.compare(grid, rung, contenders(runs))));
  }

  private static List<Halving.Contender> contenders(List<Standing> runs) {
    return runs.stream()
        .filter(one -> one.state() == COMPARED || one.state() == FINISHED)
        .map(one -> new Halving.Contender(one.id(), one.run()))
        .toList();
  }

  private static boolean onItsWay(Standing one) {
    return one.state() == WAITING
        || one.state() == HELD
        || one.state() == BLOCKED
        || one.state() == STARTING
        || one.state() == RUNNING;
  }

  /** Whether a comparison can come without a person doing something. */
  private boolean comparable(Standing one) {
    String grid = one.entry().grid().grid();
    return all.stream()
        .filter(other -> other.in(grid))
        .noneMatch(other -> other.state() == HELD || other.state() == BLOCKED);
  }

  /** Whether it comes after something that will not end by itself. */
  private boolean stuck(Standing one) {
    return !Standings.free(one, all) && all.stream().noneMatch(Schedule::moves);
  }

  private static boolean moves(Standing one) {
    return one.state() == RUNNING
        || one.state() == STARTING
        || one.state() == WAITING && one.entry().after().isEmpty();
  }
}
