package org.adapterstudio.engine.run;

import java.util.Map;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;

/** Carries out between two steps what the inbox asks, and waits while the run is paused. */
final class Orders {
  private static final long LOOK_MILLIS = 100;
  private final Inbox inbox;
  private final Journal journal;
  private boolean paused;

  Orders(Inbox inbox, Journal journal) {
    this.inbox = inbox;
    this.journal = journal;
  }

  /** What orders can ask of a run. */
  interface Deeds {
    /** Last step made. */
    int step();

    /** Whether that step was the last of a pass over the data. */
    boolean endsEpoch();

    /** Writes a checkpoint; whether it is on disk. */
    boolean save(String reason);

    /** Exports the adapter of a checkpoint. */
    void keepBest(int step);

    /** Gives layers other ranks and saves. */
    void changeRanks(Map<String, Integer> ranks);

    /** A pause is over. */
    void goOn();
  }

  /** Makes no more steps until told to. */
  void pause(int step) {
    if (!paused) {
      paused = true;
      journal.announce(new Event.Paused(step));
    }
  }

  /** Whether steps wait. */
  boolean paused() {
    return paused;
  }

  /** Carries out all that was asked, until the run may go on; true ends it. */
  boolean obey(Deeds deeds) {
    while (true) {
      for (Inbox.Letter letter : inbox.letters()) {
        if (ends(letter, deeds)) {
          return true;
        }
      }
      if (!paused) {
        return false;
      }
      sleep();
    }
  }

  private boolean ends(Inbox.Letter letter, Deeds deeds) {
    boolean ended =
        switch (letter.command()) {
          case Command.SaveNow _ -> {
            deeds.save("request");
            yield false;
          }
          case Command.Pause _ -> {
            pause(deeds.step());
            yield false;
          }
          case Command.GoOn _ -> {
            goOn(deeds);
            yield false;
          }
          case Command.ChangeRanks change -> {
            deeds.changeRanks(change.ranks());
            yield false;
          }
          case Command.Stop _ -> deeds.save("stop");
          case Command.StopAfterEpoch _ -> !paused && deeds.endsEpoch() && deeds.save("stop");
          case Command.StopKeepBest best -> keepBest(best.step(), deeds);
          case Command.End _ -> true;
        };
    boolean waits = letter.command() instanceof Command.StopAfterEpoch && !ended;
    if (!waits) {
      letter.done();
    }
    return ended;
  }

  private static boolean keepBest(int step, Deeds deeds) {
    boolean saved = deeds.save("stop");
    if (saved) {
      deeds.keepBest(step);
    }
    return saved;
  }

  private void goOn(Deeds deeds) {
    if (paused) {
      paused = false;
      journal.announce(new Event.WentOn(deeds.step()));
      deeds.goOn();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
