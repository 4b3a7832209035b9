package org.adapterstudio.engine.serve;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;

/**
 * One request being answered.
 *
 * @param replies takes every reply but the last
 * @param cancelled set when the asker wants no more
 */
record Call(Consumer<Reply> replies, AtomicBoolean cancelled) {
  /** Reports progress. */
  void progress(String phase, long done, long total, String unit) {
    replies.accept(new Reply.Progress(phase, done, total, unit));
  }

  /** Ends the request here if it was cancelled. */
  void checkCancelled() {
    if (cancelled.get()) {
      throw new StudioException(new Failure("cancelled", "Cancelled.", "", ""));
    }
  }
}
