package org.adapterstudio.engine.run;

import org.adapterstudio.engine.kernel.Autograd;

/** CPU threads of this engine. */
public final class Threads {
  private Threads() {}

  /** Uses so many threads; 0 uses every processor. Returns how many. */
  public static int use(int wanted) {
    int threads = count(wanted);
    Autograd.threads(threads);
    return threads;
  }

  /** How many {@link #use} would use. */
  static int count(int wanted) {
    return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
  }
}
