package org.adapterstudio.app.compare;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.adapterstudio.app.runs.RunDigest;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.seal.RunComparison;
import org.adapterstudio.contract.run.seal.Seal;

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
              origins(),
              digest.seconds());
    }
    return read;
  }

  /** The losses are compared elsewhere; what cannot be read tells nothing. */
  private RunComparison.Side origins() {
    return new RunComparison.Side(
        run.name(),
        recipe,
        told(() -> Amendments.of(run).extensions(), Amendments.NONE),
        told(() -> Seal.of(run), Optional.empty()),
        told(() -> Origin.of(run), Optional.empty()),
        new TreeMap<>(),
        null);
  }

  private static <T> T told(Supplier<T> file, T otherwise) {
    try {
      return file.get();
    } catch (StudioException e) {
      return otherwise;
    }
  }

  private String name() {
    String given = told(() -> RunAbout.of(run), RunAbout.NONE).name();
    return given.isEmpty() ? run.name() : given;
  }
}
