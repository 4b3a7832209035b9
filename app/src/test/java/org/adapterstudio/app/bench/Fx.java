package org.adapterstudio.app.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.application.Platform;

/** The JavaFX thread, from outside. */
final class Fx {
  private Fx() {}

  /** Runs there and waits. */
  static void run(Runnable work) {
    CompletableFuture.runAsync(work, Platform::runLater).join();
  }

  /** Runs there and waits for what it gives. */
  static <T> T call(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Platform::runLater).join();
  }

  /** A style sheet of the studio. */
  static String sheet(String name) {
    return Fx.class.getResource("/org/adapterstudio/ui/css/" + name + ".css").toExternalForm();
  }
}
