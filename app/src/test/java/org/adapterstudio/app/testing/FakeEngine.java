package org.adapterstudio.app.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** An engine whose replies the test gives, one by one. */
public final class FakeEngine implements EngineClient {
  /** What was asked so far, in order. */
  public final List<Asked> asked = new ArrayList<>();

  /** One request and the means to answer it. */
  public static final class Asked implements Call {
    /** What was asked. */
    public final Request request;

    private final Consumer<Reply> onReply;
    private final CompletableFuture<Reply> last = new CompletableFuture<>();
    private boolean cancelled;

    private Asked(Request request, Consumer<Reply> onReply) {
      this.request = request;
      this.onReply = onReply;
    }

    /** Answers. */
    public void reply(Reply reply) {
      onReply.accept(reply);
      if (reply.last()) {
        last.complete(reply);
      }
    }

    /** Whether the caller asked to end it. */
    public boolean cancelled() {
      return cancelled;
    }

    @Override
    public CompletableFuture<Reply> last() {
      return last;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Override
  public Call send(Request request, Consumer<Reply> onReply) {
    var call = new Asked(request, onReply);
    asked.add(call);
    return call;
  }

  @Override
  public void close() {}
}
