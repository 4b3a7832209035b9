package org.adapterstudio.app.train;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/**
 * Asks the engine the same kind of thing over and over, where only the latest asking counts: it
 * waits until the person pauses, cancels the call before, and drops late answers.
 */
final class LatestRequest {
  private final EngineClient engine;
  private final Executor later;
  private final Executor uiThread;
  private long ticket;
  private EngineClient.Call call;

  /**
   * A line of requests; use on the UI thread only.
   *
   * @param later runs on the UI thread after a pause
   * @param uiThread runs on the UI thread at once
   */
  LatestRequest(EngineClient engine, Executor later, Executor uiThread) {
    this.engine = engine;
    this.later = later;
    this.uiThread = uiThread;
  }

  void ask(Request request, Consumer<Reply> onReply) {
    long mine = ++ticket;
    later.execute(
        () -> {
          if (mine == ticket) {
            cancelCall();
            call =
                engine.send(request, reply -> uiThread.execute(() -> hear(mine, reply, onReply)));
          }
        });
  }

  private void hear(long mine, Reply reply, Consumer<Reply> onReply) {
    if (mine == ticket) {
      onReply.accept(reply);
    }
  }

  /** Ends what is under way; nothing of it is heard any more. */
  void cancel() {
    ticket++;
    cancelCall();
  }

  private void cancelCall() {
    if (call != null && !call.last().isDone()) {
      call.cancel();
    }
    call = null;
  }
}
