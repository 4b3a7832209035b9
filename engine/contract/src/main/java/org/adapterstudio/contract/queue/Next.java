package org.adapterstudio.contract.queue;

/** What a keeper should do now. */
public sealed interface Next {
  /** Start an entry's work; harmless where its engine is on its way already. */
  record Launch(Standing what) implements Next {}

  /**
   * Ask a run to save and stop.
   *
   * @param step that it has reached, or at which it is compared
   */
  record Stop(Standing what, Deed.Reason reason, int step) implements Next {
    /** Whether this was written down before, so that only the asking is missing. */
    public boolean again() {
      return what.asked() != null;
    }
  }

  /** Write down which runs of a grid go on. */
  record Halve(Deed.Halved verdict) implements Next {}

  /** Put a run with smaller micro-batches in an entry's place. */
  record Shrink(Standing what) implements Next {}
}
