package org.adapterstudio.app.cli;

import sun.misc.Signal;

/** Ctrl-C, as something a command can hear instead of dying of it. */
@FunctionalInterface
public interface Interrupts {
  /** Calls back at each Ctrl-C until the returned handle is closed. */
  Listening listen(Runnable onInterrupt);

  /** The end of listening. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** Ctrl-C and a polite end (SIGTERM stays as it is) of this process. */
  static Interrupts ofSystem() {
    return onInterrupt -> {
      var signal = new Signal("INT");
      var before = Signal.handle(signal, _ -> onInterrupt.run());
      return () -> Signal.handle(signal, before);
    };
  }
}
