package org.adapterstudio.app.compare;

import org.adapterstudio.app.runs.RunDigest;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/** Reads one run for a comparison again and again; what did not change is not read twice. */
public final class ComparedRunReader {
  private final RunFolder run;
  private final Whole loss = new Whole();
  private final RunDigest digest;
  private Recipe recipe;
  private ComparedRun read;

  /** A reader that has read nothing yet. */
  public ComparedRunReader(RunFolder run) {
    this.run = run;
    digest = new RunDigest(run, loss, true);
  }

  /** The run as it is now: the very same as before where nothing changed. */
  public ComparedRun read() {
    boolean changed = digest.refresh();
    RunState state = digest.state();
    if (changed || read == null || read.state() != state) {
      recipe = recipe == null ? run.recipe() : recipe;
      read =
          new ComparedRun(
              run,
              name(),
              recipe,
              state,
              loss.copy(),
              digest.evaluations(),
              digest.planned(),
              digest.last(Event.MemoryMeasured.class),
              digest.spectrum(),
              digest.seconds());
    }
    return read;
  }

  private String name() {
    try {
      String given = RunAbout.of(run).name();
      return given.isEmpty() ? run.name() : given;
    } catch (StudioException e) {
      return run.name(); // a remark that cannot be read does not hide the run
    }
  }
}
