package org.adapterstudio.app.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last net: what nobody caught is logged and shown as a card, the same mistake at most once in
 * ten seconds, so that a fault in a timer cannot bury the window.
 */
public final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UncaughtFailures.class);
  private static final long PAUSE_MILLIS = 10_000;

  private final Consumer<Failure> show;
  private final LongSupplier clock;
  private final Map<String, Long> lastShown = new HashMap<>();
  private final Map<String, Integer> held = new HashMap<>();

  /** A net that shows through a consumer and reads milliseconds from a clock. */
  public UncaughtFailures(Consumer<Failure> show, LongSupplier clock) {
    this.show = show;
    this.clock = clock;
  }

  @Override
  public synchronized void uncaughtException(Thread thread, Throwable cause) {
    Failure failure = Failure.of(cause);
    long now = clock.getAsLong();
    Long last = lastShown.get(failure.sentence());
    if (last != null && now - last < PAUSE_MILLIS) {
      held.merge(failure.sentence(), 1, Integer::sum);
      return;
    }
    LOG.error("Uncaught on {}", thread.getName(), cause);
    lastShown.put(failure.sentence(), now);
    Integer more = held.remove(failure.sentence());
    show.accept(more == null ? failure : counted(failure, more));
  }

  private static Failure counted(Failure failure, int more) {
    return new Failure(
        failure.kind(),
        failure.sentence(),
        failure.action() + " " + Messages.text("notice.more", more),
        failure.detail());
  }
}
