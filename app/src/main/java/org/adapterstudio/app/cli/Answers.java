package org.adapterstudio.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** Asks the interactive engine and waits for the last word; Ctrl-C cancels the request. */
final class Answers {
  private final Desk desk;

  Answers(Desk desk) {
    this.desk = desk;
  }

  /** One request on an engine of its own. */
  <R extends Reply> R ask(Request request, Class<R> wanted, Consumer<Reply> onReply) {
    try (var engine = desk.engine().get()) {
      return ask(engine, request, wanted, onReply);
    }
  }

  /**
   * One request on an open engine.
   *
   * @throws StudioException with the engine's failure, {@link Ended} after Ctrl-C
   */
  <R extends Reply> R ask(
      EngineClient engine, Request request, Class<R> wanted, Consumer<Reply> onReply) {
    var progress = new ProgressLine(desk.err(), desk.terminal());
    var interrupted = new AtomicBoolean();
    var call =
        engine.send(
            request,
            reply -> {
              show(progress, reply);
              tell(reply);
              onReply.accept(reply);
            });
    try (var _ = desk.interrupts().listen(() -> interrupt(call, interrupted, desk.err()))) {
      Reply last = call.last().join();
      progress.clear();
      if (last instanceof Reply.Failed failed) {
        if (interrupted.get()) {
          throw new Ended(Exit.INTERRUPTED, "Stopped.");
        }
        throw new StudioException(failed.failure());
      }
      return wanted.cast(last);
    }
  }

  private static void show(ProgressLine progress, Reply reply) {
    if (reply instanceof Reply.Progress step) {
      progress.show(counted(step.phase(), step.done(), step.total(), step.unit()));
    } else {
      progress.clear();
    }
  }

  private void tell(Reply reply) {
    if (reply instanceof Reply.Opened opened) {
      OpenedWords.of(opened).ifPresent(desk.err()::println);
      desk.err().flush();
    }
  }

  /** "unpacking 120.0 MB of 432.0 MB", or the phase alone where nothing is counted. */
  static String counted(String phase, long done, long total, String unit) {
    if (total == 0) {
      return phase;
    }
    return unit.equals("bytes")
        ? "%s %s of %s".formatted(phase, Words.size(done), Words.size(total))
        : "%s %d of %d %s".formatted(phase, done, total, unit).strip();
  }

  private static void interrupt(
      EngineClient.Call call, AtomicBoolean interrupted, PrintWriter err) {
    if (interrupted.getAndSet(true)) {
      Runtime.getRuntime().halt(Exit.INTERRUPTED); // asked twice: do not wait for the engine
    }
    err.println("Stopping; Ctrl-C again ends at once.");
    call.cancel();
  }
}
