package org.adapterstudio.contract.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run replayed from its event log. {@link #refresh} reads what came since; events that a resume
 * superseded are dropped from the series and stay in the file.
 */
public final class RunHistory {
  private static final Set<String> SAVING = Set.of("saving", "exporting");
  private final RunFolder run;
  private final List<EventLog.Entry> entries = new ArrayList<>();
  private long offset;
  private boolean paused;

  /** A history that has read nothing yet. */
  public RunHistory(RunFolder run) {
    this.run = run;
  }

  /** A history that has read everything so far. */
  public static RunHistory of(RunFolder run) {
    var history = new RunHistory(run);
    history.refresh();
    return history;
  }

  /**
   * Reads the new whole lines and returns them, superseded ones of earlier reads not among them.
   */
  public List<EventLog.Entry> refresh() {
    EventLog.Tail tail = EventLog.read(run.events(), offset);
    offset = tail.end();
    for (EventLog.Entry entry : tail.entries()) {
      if (entry.event() instanceof Event.Started started) {
        entries.removeIf(earlier -> stepOf(earlier.event()) > started.fromStep());
      }
      entries.add(entry);
      note(entry.event());
    }
    return tail.entries();
  }

  private void note(Event event) {
    switch (event) {
      case Event.Paused _ -> paused = true;
      case Event.WentOn _, Event.Started _ -> paused = false;
      default -> {}
    }
  }

  /** The events that count, oldest first. */
  public List<EventLog.Entry> entries() {
    return List.copyOf(entries);
  }

  /** All events of one type that count, oldest first. */
  public <T extends Event> List<T> all(Class<T> type) {
    return entries.stream()
        .map(EventLog.Entry::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The last event of one type, if any. */
  public <T extends Event> Optional<T> last(Class<T> type) {
    return all(type).reversed().stream().findFirst();
  }

  /** The last step made; 0 before the first. */
  public int step() {
    return last(Event.Step.class).map(Event.Step::step).orElse(0);
  }

  /** The run's state now: one look at the lock, one at the inbox, the rest from what was read. */
  public RunState state() {
    boolean live = EngineLock.held(run);
    if (live) {
      return stopAsked() ? RunState.STOPPING : liveState();
    }
    return switch (lastWord()) {
      case Event.Finished _ -> amended() ? RunState.STOPPED : RunState.FINISHED;
      case Event.Failed _ -> RunState.FAILED;
      case Event.Stopped _ -> RunState.STOPPED;
      case null -> RunState.WAITING;
      default -> RunState.ENGINE_LOST;
    };
  }

  /** Whether the run was extended or rewound and no engine went on since. */
  private boolean amended() {
    return Amendments.of(run).after(entries.getLast().seq());
  }

  private RunState liveState() {
    Event word = lastWord();
    if (word instanceof Event.Phase phase && SAVING.contains(phase.phase())) {
      return RunState.SAVING;
    }
    if (paused) {
      return RunState.PAUSED;
    }
    return switch (word) {
      case Event.Phase phase when phase.phase().equals("calibrating") -> RunState.CALIBRATING;
      case Event.Phase phase when phase.phase().equals("training") -> RunState.TRAINING;
      case Event.Step _,
          Event.Evaluated _,
          Event.Spectrum _,
          Event.CheckpointSaved _,
          Event.NonFinite _,
          Event.WentOn _,
          Event.Sampled _ ->
          RunState.TRAINING;
      case null, default -> started() ? RunState.TRAINING : RunState.STARTING;
    };
  }

  private boolean started() {
    for (EventLog.Entry entry : entries.reversed()) {
      if (entry.event() instanceof Event.Step) {
        return true;
      }
      if (entry.event() instanceof Event.Started) {
        return false;
      }
    }
    return false;
  }

  private Event lastWord() {
    for (EventLog.Entry entry : entries.reversed()) {
      if (!(entry.event() instanceof Event.Warned || entry.event() instanceof Event.Unknown)) {
        return entry.event();
      }
    }
    return null;
  }

  private boolean stopAsked() {
    return run.asked().stream().anyMatch(asked -> asked.command().ends());
  }

  private static int stepOf(Event event) {
    return switch (event) {
      case Event.Step e -> e.step();
      case Event.Evaluated e -> e.step();
      case Event.Spectrum e -> e.step();
      case Event.RankChanged e -> e.step();
      case Event.Sampled e -> e.step();
      case Event.CheckpointSaved e -> e.step();
      case Event.Warned e -> e.step();
      case Event.NonFinite e -> e.step();
      case Event.Adjusted e -> e.step();
      case Event.Paused e -> e.step();
      case Event.WentOn e -> e.step();
      case Event.MemoryMeasured e -> e.step();
      default -> 0;
    };
  }
}
