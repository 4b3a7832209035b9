package org.adapterstudio.app.watch;

import java.util.Optional;
import org.adapterstudio.app.ui.Messages;

/** Tells once when nothing waits in the queue any more and nothing runs. */
public final class QueueEnd {
  private boolean waited;

  /** What to tell, if anything, of so many runs that wait and so many at work. */
  public Optional<Happening> look(int waiting, int running) {
    if (waiting > 0) {
      waited = true;
    }
    if (!waited || waiting + running > 0) {
      return Optional.empty();
    }
    waited = false;
    return Optional.of(
        new Happening(Happening.Kind.QUEUE_DONE, null, Messages.text("watch.queue")));
  }
}
