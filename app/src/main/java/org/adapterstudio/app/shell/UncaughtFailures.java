package org.adapterstudio.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;

/**
 * The last net: what nobody caught is logged and shown as a card, the same mistake at most once in
 * ten seconds, so that a fault in a timer cannot bury the window.
 */
public final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
  private static final long PAUSE_MILLIS = 10_000;

  private final Consumer<Failure> show;
  private final LongSupplier clock;
  private final Path log;
  private final Map<String, Long> lastShown = new HashMap<>();
  private final Map<String, Integer> held = new HashMap<>();

  /** A net that shows through a consumer, reads milliseconds from a clock, appends to a log. */
  public UncaughtFailures(Consumer<Failure> show, LongSupplier clock, Path log) {
    this.show = show;
    this.clock = clock;
    this.log = log;
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
    write(thread, failure);
    lastShown.put(failure.sentence(), now);
    Integer more = held.remove(failure.sentence());
    show.accept(more == null ? failure : counted(failure, more));
  }

  private void write(Thread thread, Failure failure) {
    String entry =
        "%s %s: %s%n%s%n"
            .formatted(Instant.now(), thread.getName(), failure.text(), failure.detail());
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(log, entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The card shows all of it; a log that cannot be written must not hide the first mistake.
      show.accept(Failure.internal(e));
    }
  }

  private static Failure counted(Failure failure, int more) {
    return new Failure(
        failure.kind(),
        failure.sentence(),
        failure.action() + " " + Messages.text("notice.more", more),
        failure.detail());
  }
}
