package org.adapterstudio.app.ui;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.adapterstudio.contract.Failure;

/**
 * One kind of work off the UI thread where only the latest asking counts: an older one is told to
 * end and its result is dropped.
 */
public final class BackgroundWork implements AutoCloseable {
  private final Executor background;
  private final Executor uiThread;
  private final AtomicLong latest = new AtomicLong();

  /** Work on the first executor whose results are handed over on the second. */
  public BackgroundWork(Executor background, Executor uiThread) {
    this.background = background;
    this.uiThread = uiThread;
  }

  /** Work with the executors every view model is given. */
  public BackgroundWork(Services services) {
    this(services.background(), services.uiThread());
  }

  /** Runs work; only if it is still the latest when done, hands on its result or its failure. */
  public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
    start(
        ticket -> {
          T result = work.call();
          ticket.post(() -> done.accept(result));
        },
        failed);
  }

  /**
   * Starts work that reports as it goes and looks at its ticket to know whether it still counts.
   */
  public void start(Task task, Consumer<Failure> failed) {
    var ticket = new Ticket(latest.incrementAndGet());
    background.execute(
        () -> {
          try {
            task.run(ticket);
          } catch (Exception e) { // the one place where background failures become cards
            ticket.post(() -> failed.accept(Failure.of(e)));
          }
        });
  }

  /** Ends what runs; nothing of it is handed over any more. */
  public void cancel() {
    latest.incrementAndGet();
  }

  @Override
  public void close() {
    cancel();
  }

  /** Work that reports as it goes. */
  @FunctionalInterface
  public interface Task {
    /** Does the work; may throw anything. */
    void run(Ticket ticket) throws Exception;
  }

  /** The right of one piece of work to be heard. */
  public final class Ticket implements BooleanSupplier {
    private final long number;

    private Ticket(long number) {
      this.number = number;
    }

    /** Whether newer work, or a cancel, took this one's place. */
    public boolean cancelled() {
      return number != latest.get();
    }

    @Override
    public boolean getAsBoolean() {
      return cancelled();
    }

    /** Runs on the UI thread, unless cancelled by then. */
    public void post(Runnable action) {
      uiThread.execute(
          () -> {
            if (!cancelled()) {
              action.run();
            }
          });
    }
  }
}
