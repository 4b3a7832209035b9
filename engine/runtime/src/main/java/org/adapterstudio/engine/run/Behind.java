package org.adapterstudio.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.train.Trainer;

/**
 * What lies behind the steps that an engine is about to make: a checkpoint, amendments of the run,
 * the run it was branched from.
 *
 * @param checkpoint newest sound one; nothing at a fresh start
 */
record Behind(Optional<Path> checkpoint, Amendments amendments, Optional<Origin> origin) {
  private static final String BRANCHED = "branched";

  /** Reads a run; a branch without its checkpoint is refused rather than started from nothing. */
  static Behind of(RunFolder run) {
    var behind = new Behind(Checkpoint.newestSound(run), Amendments.of(run), Origin.of(run));
    if (behind.checkpoint.isEmpty() && behind.origin.isPresent()) {
      throw new StudioException(
          new Failure(
              "checkpoint",
              "The checkpoint that the branch " + run.name() + " starts from is gone or damaged.",
              "Branch from " + behind.origin.get().name() + " again.",
              ""));
    }
    return behind;
  }

  /** Last step made; 0 at a fresh start. */
  int step() {
    return checkpoint.map(folder -> Checkpoint.state(folder).step()).orElse(0);
  }

  /** Where the run stands. */
  Optional<Checkpoint.State> state() {
    return checkpoint
        .map(Checkpoint::state)
        .map(state -> atOrigin() && !origin.get().best() ? state.unjudged() : state);
  }

  /** Puts the checkpoint's numbers back, where there is one. */
  void restore(AdaptedModel model, Trainer trainer) {
    boolean optimizer = !atOrigin() || origin.get().optimizer();
    checkpoint.ifPresent(folder -> Checkpoint.restore(folder, model, trainer, optimizer));
  }

  /** Whether this run has saved nothing of its own yet. */
  boolean untouched() {
    return checkpoint.isEmpty() || atOrigin();
  }

  /** Whether the run is a branch that has saved nothing of its own yet. */
  private boolean atOrigin() {
    return origin.isPresent() && origin.get().step() == step();
  }

  /** Whether every step was made and nothing was asked since. */
  boolean finished(List<EventLog.Entry> entries) {
    return !entries.isEmpty()
        && entries.getLast().event() instanceof Event.Finished
        && !amendments.after(entries.getLast().seq());
  }

  /** What the log has not told yet of how the run goes on. */
  List<Event.Continued> untold(List<EventLog.Entry> entries) {
    long told = entries.stream().filter(entry -> continued(entry, false)).count();
    boolean branched = entries.stream().anyMatch(entry -> continued(entry, true));
    var untold = new ArrayList<Event.Continued>();
    if (!branched) {
      origin.ifPresent(
          from -> untold.add(new Event.Continued(from.step(), BRANCHED, from.sentence())));
    }
    amendments.list().stream().skip(told).forEach(one -> untold.add(continued(one)));
    return untold;
  }

  private static boolean continued(EventLog.Entry entry, boolean branched) {
    return entry.event() instanceof Event.Continued event
        && event.kind().equals(BRANCHED) == branched;
  }

  private static Event.Continued continued(Amendment amendment) {
    String kind = amendment instanceof Amendment.Extended ? "extended" : "rewound";
    return new Event.Continued(amendment.step(), kind, amendment.sentence());
  }
}
