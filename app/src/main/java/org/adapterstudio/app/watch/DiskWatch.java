package org.adapterstudio.app.watch;

import java.util.Optional;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;

/** Tells once when the runs' disk gets low, and again only after there was room in between. */
public final class DiskWatch {
  /** A run of a small model with its checkpoints takes about as much. */
  public static final long LOW_BYTES = 5_000_000_000L;

  private boolean told;

  /** What to tell of so many free bytes, if anything. */
  public Optional<Happening> look(long free) {
    if (free >= 2 * LOW_BYTES) {
      told = false;
    }
    if (told || free >= LOW_BYTES) {
      return Optional.empty();
    }
    told = true;
    String sentence = Messages.text("watch.disk", Formats.file(free));
    return Optional.of(new Happening(Happening.Kind.DISK_LOW, null, sentence));
  }
}
