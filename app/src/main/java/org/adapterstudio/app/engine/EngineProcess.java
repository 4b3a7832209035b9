package org.adapterstudio.app.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * The interactive engine as a child process that speaks one JSON object a line. It starts at the
 * first request; when it died, the next request starts another.
 */
public final class EngineProcess implements EngineClient {
  private final Supplier<List<String>> command;
  private final Path log;
  private final AtomicLong ids = new AtomicLong();
  private volatile EngineConnection connection;
  private boolean closed;

  /** The engine of this installation, logging into the studio's home. */
  public EngineProcess() {
    this(
        () -> EngineHome.find().serve(),
        Runs.home().resolve("logs").resolve("engine-" + ProcessHandle.current().pid() + ".log"));
  }

  /** An engine started by a command; for tests, which bring their own. */
  EngineProcess(Supplier<List<String>> command, Path log) {
    this.command = command;
    this.log = log;
  }

  @Override
  public Call send(Request request, Consumer<Reply> onReply) {
    long id = ids.incrementAndGet();
    EngineConnection open;
    try {
      open = connection();
    } catch (StudioException e) {
      var call = new EngineCall(id, onReply, () -> {});
      call.accept(new Reply.Failed(e.failure()));
      return call;
    }
    var call =
        new EngineCall(
            id, onReply, () -> open.write(ids.incrementAndGet(), new Request.Cancel(id)));
    open.send(call, request);
    return call;
  }

  @Override
  public EngineStatus status() {
    EngineConnection open = connection;
    return open == null ? EngineStatus.ASLEEP : open.status();
  }

  @Override
  public void close() {
    EngineConnection open;
    synchronized (this) {
      closed = true;
      open = connection;
    }
    if (open != null) {
      open.close();
    }
  }

  private synchronized EngineConnection connection() {
    if (closed) {
      throw new StudioException(new Failure("cancelled", "The engine was closed.", "", ""));
    }
    if (connection == null || !connection.usable()) {
      connection = start();
    }
    return connection;
  }

  private EngineConnection start() {
    try {
      return EngineConnection.start(command.get(), log);
    } catch (IOException | UncheckedIOException e) {
      throw new StudioException(
          new Failure(
              "engine_missing",
              "The engine could not be started: " + e.getMessage(),
              "Check that " + log.getParent() + " can be written and that memory is free.",
              ""),
          e);
    }
  }
}
