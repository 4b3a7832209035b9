package org.adapterstudio.app.machine;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** What the engine says of itself; asking starts it where it sleeps. */
public final class MachineViewModel {
  private final Services services;
  private final ObjectProperty<Reply.Runtime> runtime = new SimpleObjectProperty<>();
  private final ObjectProperty<Failure> failure = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
  private EngineClient.Call call;

  /** Nothing asked yet. */
  public MachineViewModel(Services services) {
    this.services = services;
  }

  /** Asks; an asking under way is not doubled. */
  public void ask() {
    if (call != null && !call.last().isDone()) {
      return;
    }
    waiting.set(Messages.text("machine.starting"));
    call =
        services
            .engine()
            .send(new Request.Runtime(), reply -> services.uiThread().execute(() -> hear(reply)));
  }

  private void hear(Reply reply) {
    switch (reply) {
      case Reply.Runtime found -> {
        runtime.set(found);
        failure.set(null);
        waiting.set("");
      }
      case Reply.Failed failed -> {
        runtime.set(null);
        failure.set(failed.failure());
        waiting.set("");
      }
      case Reply.Progress step when step.total() > 0 ->
          waiting.set(
              Messages.text(
                  "machine.unpacking", step.phase(), step.done(), step.total(), step.unit()));
      default -> {}
    }
  }

  /** What was found; null before the answer. */
  public ReadOnlyObjectProperty<Reply.Runtime> runtimeProperty() {
    return runtime;
  }

  /** Why there is no answer; null where nothing went wrong. */
  public ReadOnlyObjectProperty<Failure> failureProperty() {
    return failure;
  }

  /** What is waited for; empty where nothing is. */
  public ReadOnlyStringProperty waitingProperty() {
    return waiting.getReadOnlyProperty();
  }

  /** Ends an asking under way. */
  public void close() {
    if (call != null && !call.last().isDone()) {
      call.cancel();
    }
  }
}
