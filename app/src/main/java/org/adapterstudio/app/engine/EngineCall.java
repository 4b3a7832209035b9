package org.adapterstudio.app.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.adapterstudio.contract.serve.Reply;

/** One request under way: passes its replies on and completes with the last. */
final class EngineCall implements EngineClient.Call {
  private final long id;
  private final Consumer<Reply> onReply;
  private final Runnable cancel;
  private final CompletableFuture<Reply> last = new CompletableFuture<>();

  EngineCall(long id, Consumer<Reply> onReply, Runnable cancel) {
    this.id = id;
    this.onReply = onReply;
    this.cancel = cancel;
  }

  long id() {
    return id;
  }

  /** Hears one reply; a listener that throws fails the call and no other. */
  void accept(Reply reply) {
    try {
      onReply.accept(reply);
    } catch (RuntimeException e) {
      last.complete(new Reply.Failed(org.adapterstudio.contract.Failure.of(e)));
    }
    if (reply.last()) {
      last.complete(reply);
    }
  }

  @Override
  public CompletableFuture<Reply> last() {
    return last;
  }

  @Override
  public void cancel() {
    if (!last.isDone()) {
      cancel.run();
    }
  }
}
