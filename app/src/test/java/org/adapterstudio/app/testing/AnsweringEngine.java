package org.adapterstudio.app.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.engine.EngineStatus;
import org.adapterstudio.app.train.TrainFixture;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** An engine that answers at once what the screens ask, always the same. */
public final class AnsweringEngine implements EngineClient {
  private static final String BASE = "Tuesday is a good day for lamps. The lamps are blue and";
  private static final String ADAPTER = "{\"item\": \"lamp\", \"count\": 3, \"day\": \"Tue\"}";

  private final AtomicInteger plans = new AtomicInteger();

  /** How many plans were asked for. */
  public int plans() {
    return plans.get();
  }

  @Override
  public Call send(Request request, Consumer<Reply> onReply) {
    if (request instanceof Request.Plan) {
      plans.incrementAndGet();
    }
    var last = new CompletableFuture<Reply>();
    for (Reply reply : replies(request)) {
      onReply.accept(reply);
      last.complete(reply);
    }
    return new Call() {
      @Override
      public CompletableFuture<Reply> last() {
        return last;
      }

      @Override
      public void cancel() {}
    };
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(EngineStatus.Phase.READY, "cpu", 4);
  }

  @Override
  public void close() {}

  private static List<Reply> replies(Request request) {
    return switch (request) {
      case Request.PreviewData _ -> List.of(TrainFixture.preview(false));
      case Request.Plan _ -> List.of(TrainFixture.plan());
      case Request.Chat chat when chat.adapter() == null ->
          List.of(new Reply.Generated(BASE, 14, 12, 41, "max_tokens"));
      case Request.Chat _ -> List.of(new Reply.Generated(ADAPTER, 14, 16, 39, "stop_token"));
      case Request.Runtime _ -> List.of(runtime());
      default -> new ArrayList<>();
    };
  }

  private static Reply runtime() {
    String natives = "/home/me/.local/share/adapter-studio/natives/pytorch/2.7.1-cpu-linux-x86_64";
    return new Reply.Runtime("0.1.0", 8123, 4, "2.7.1", natives, false, false, 0, "");
  }
}
