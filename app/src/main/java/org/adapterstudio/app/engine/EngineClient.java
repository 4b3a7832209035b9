package org.adapterstudio.app.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * The interactive engine as the window and the command line see it. The engine's process starts at
 * the first request and ends with {@link #close}.
 */
public interface EngineClient extends AutoCloseable {
  /**
   * Sends a request.
   *
   * @param onReply hears every reply, the last included, on a background thread and in order
   * @return the call, to wait for or cancel
   */
  Call send(Request request, Consumer<Reply> onReply);

  /** What is known of the process now; never blocks. */
  default EngineStatus status() {
    return EngineStatus.ASLEEP;
  }

  /** Ends the engine's process; open calls fail. */
  @Override
  void close();

  /** One request under way. */
  interface Call {
    /** Completes with the last reply, a {@link Reply.Failed} included; never exceptionally. */
    CompletableFuture<Reply> last();

    /** Asks the engine to end the request; the last reply still comes. */
    void cancel();
  }
}
