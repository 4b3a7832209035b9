package org.adapterstudio.app.chat;

import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** One answer on its way: text that grows, then a note or a failure. */
public final class Answer {
  private static final String CANCELLED = "cancelled";

  private final Executor uiThread;
  private final StringBuilder waiting = new StringBuilder();
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Failure> failure = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private EngineClient.Call call;
  private boolean flushPosted;
  private volatile String held = "";

  Answer(Executor uiThread) {
    this.uiThread = uiThread;
  }

  /** What was said so far. */
  public ReadOnlyStringProperty text() {
    return text.getReadOnlyProperty();
  }

  /** What is under way, then how it ended. */
  public ReadOnlyStringProperty note() {
    return note.getReadOnlyProperty();
  }

  /** Why there is no answer; null where there is. */
  public ReadOnlyObjectProperty<Failure> failure() {
    return failure.getReadOnlyProperty();
  }

  /** Whether more may come. */
  public ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  /** Asks the engine. */
  void ask(EngineClient engine, Request.Chat request) {
    running.set(true);
    note.set(Messages.text("chat.waiting"));
    call = engine.send(request, this::hear);
  }

  /** Asks the engine to end; what was said stays. */
  void stop() {
    if (running.get() && call != null) {
      call.cancel();
    }
  }

  /** Called on a background thread: tokens are gathered, so that the UI thread sees few updates. */
  private void hear(Reply reply) {
    switch (reply) {
      case Reply.Token token -> gather(token.text());
      case Reply.Opened opened -> held = held(opened);
      case Reply.Progress progress -> post(() -> note.set(words(progress)));
      case Reply.Generated done -> post(() -> end(done));
      case Reply.Failed failed -> post(() -> fail(failed.failure()));
      default -> {}
    }
  }

  private void gather(String piece) {
    synchronized (waiting) {
      waiting.append(piece);
      if (flushPosted) {
        return;
      }
      flushPosted = true;
    }
    post(this::flush);
  }

  private void flush() {
    synchronized (waiting) {
      text.set(text.get() + waiting);
      waiting.setLength(0);
      flushPosted = false;
    }
    note.set(Messages.text("chat.writing"));
  }

  private void end(Reply.Generated done) {
    text.set(done.text());
    note.set(
        Messages.text(
                "chat.done",
                done.newTokens(),
                String.format(Locale.ROOT, "%.0f", done.tokensPerSecond()),
                reason(done.reason()))
            + held);
    running.set(false);
  }

  /** How the base was held, where it was not simply whole. */
  private static String held(Reply.Opened opened) {
    if (opened.differs()) {
      return Messages.text("chat.held.differs", opened.quantization(), opened.trainedOn());
    }
    return opened.quantization().equals("none")
        ? ""
        : Messages.text("chat.held", opened.quantization());
  }

  private static String reason(String key) {
    return switch (key) {
      case "stop_token" -> Messages.text("chat.reason.stop_token");
      case "max_tokens" -> Messages.text("chat.reason.max_tokens");
      case "context_full" -> Messages.text("chat.reason.context_full");
      default -> key; // of a newer engine
    };
  }

  private void fail(Failure why) {
    running.set(false);
    if (why.kind().equals(CANCELLED)) {
      note.set(Messages.text("chat.stopped"));
    } else {
      note.set("");
      failure.set(why);
    }
  }

  private static String words(Reply.Progress progress) {
    String counted =
        progress.total() > 0
            ? " " + progress.done() + " / " + progress.total() + " " + progress.unit()
            : "";
    return progress.phase() + counted + "…";
  }

  private void post(Runnable change) {
    uiThread.execute(change);
  }
}
