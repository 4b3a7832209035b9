package org.adapterstudio.app.queue;

import java.util.Locale;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.run.RunFolder;

/**
 * One entry on screen.
 *
 * @param name of the run, or the command line
 * @param detail one sentence; may be empty
 * @param progress 0 to 1; below 0 where nothing can be counted
 * @param steps "12 / 60"; empty where no steps are made
 * @param run its folder; null for a command
 */
public record QueueRow(
    String id,
    EntryState state,
    String name,
    String detail,
    double progress,
    String steps,
    String device,
    RunFolder run) {

  static QueueRow of(Standing one, RunFolder run) {
    int step = one.run() == null ? 0 : one.run().step();
    int total = one.run() == null ? 0 : one.run().total();
    return new QueueRow(
        one.id(),
        one.state(),
        one.name(),
        detail(one),
        total == 0 ? -1 : (double) step / total,
        total == 0 ? "" : Formats.whole(step) + " / " + Formats.whole(total),
        one.device(),
        run);
  }

  /** The sentence, behind it what makes it differ in its grid. */
  private static String detail(Standing one) {
    QueueEntry.GridPlace grid = one.entry().grid();
    String settings = grid == null ? "" : String.join(", ", grid.settings());
    return settings.isEmpty() || one.why().isEmpty()
        ? settings + one.why()
        : one.why() + " · " + settings;
  }

  /** The state in the window's words. */
  public String stateWords() {
    return Messages.text("queue.state." + state.name().toLowerCase(Locale.ROOT));
  }

  /** Whether its place matters: its turn is still to come. */
  public boolean open() {
    return !state.ended() && !state.atWork();
  }

  /** Whether it can be held back. */
  public boolean canHold() {
    return state == EntryState.WAITING || state == EntryState.BLOCKED;
  }

  /** Whether a person holds it back. */
  public boolean held() {
    return state == EntryState.HELD;
  }

  /** Whether trying again makes sense. */
  public boolean canRetry() {
    return state.ended() && state != EntryState.FINISHED;
  }

  /** Whether it can be taken out. */
  public boolean canRemove() {
    return !state.atWork();
  }
}
