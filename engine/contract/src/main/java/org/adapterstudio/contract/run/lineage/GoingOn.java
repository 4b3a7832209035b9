package org.adapterstudio.contract.run.lineage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.seal.Seal;

/**
 * Carries a choice out on disk, so that an engine can be started on the run that is returned. Every
 * change is a rename, and a moment at which this is ended leaves a run that can be resumed.
 */
public final class GoingOn {
  private GoingOn() {}

  /** The folder's name that a branch gets by itself: that of the run and the step it left at. */
  public static Path branchFolder(RunFolder run, int step) {
    return Runs.fresh(run.path().getParent(), run.name() + "-from-" + step);
  }

  /**
   * Writes what the choice needs; the first refusal is thrown before anything is written.
   *
   * @param branch folder of a new run; read for a branch alone
   * @return the run to start an engine on
   */
  public static RunFolder prepare(RunFolder run, Choice choice, Path branch) {
    run.refuseImported();
    Standing standing = Standing.of(run);
    Continuation plan = Continuations.plan(standing, choice);
    plan.require();
    return switch (choice) {
      case Choice.Resume _ -> run;
      case Choice.Branch chosen -> branch(run, standing, chosen, plan, branch);
      case Choice.Rewind rewind -> alone(run, () -> rewind(run, standing, rewind.step()));
      case Choice.Extend extend -> alone(run, () -> extend(run, standing, extend, plan.total()));
    };
  }

  /** Does something while no engine can start. */
  private static RunFolder alone(RunFolder run, Runnable work) {
    try (EngineLock lock =
        EngineLock.take(run)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        "An engine is at work on the run " + run.name() + ".", "Stop it first."))) {
      work.run();
    }
    return run;
  }

  private static void rewind(RunFolder run, Standing standing, int step) {
    Path aside = Runs.fresh(run.setAside(), "before-rewind");
    var moved = new ArrayList<String>();
    for (int later : run.checkpointSteps().reversed()) {
      if (later > step) {
        moved.add(move(run.checkpoint(later), aside));
      }
    }
    moved.addAll(results(run, aside));
    Amendments.of(run)
        .and(
            new Amendment.Rewound(
                System.currentTimeMillis(),
                lastEvent(run),
                step,
                standing.step(),
                aside.getFileName().toString(),
                moved))
        .write(run);
  }

  private static void extend(RunFolder run, Standing standing, Choice.Extend choice, int total) {
    results(run, Runs.fresh(run.setAside(), "result-of-step-" + standing.step()));
    Amendments.of(run)
        .and(
            Continuations.extension(
                standing, choice, total, System.currentTimeMillis(), lastEvent(run)))
        .write(run);
  }

  private static long lastEvent(RunFolder run) {
    var entries = EventLog.readAll(run.events());
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  /** Takes what the run left out of the way, with the seal that tells its hashes. */
  private static List<String> results(RunFolder run, Path aside) {
    var moved = new ArrayList<String>();
    for (Path result : List.of(run.adapter(), run.model())) {
      if (Files.isDirectory(result)) {
        moved.add(move(result, aside));
      }
    }
    if (!moved.isEmpty()) {
      Seal.of(run)
          .ifPresent(
              seal -> {
                copy(run.seal(), aside.resolve(run.seal().getFileName()));
                seal.leaving(null).write(run);
              });
    }
    return moved;
  }

  private static String move(Path folder, Path aside) {
    try {
      Files.createDirectories(aside);
      Files.move(folder, aside.resolve(folder.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      return folder.getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recipe is written last: a folder without it is no run. */
  private static RunFolder branch(
      RunFolder run, Standing standing, Choice.Branch choice, Continuation plan, Path folder) {
    var branch = new RunFolder(folder);
    if (Files.exists(branch.recipeFile())) {
      throw StudioException.badInput(
          folder + " already holds a run.", "Choose another folder for the branch.");
    }
    StoredCheckpoint from = standing.checkpoint(choice.step()).orElseThrow();
    bring(from, branch);
    new Origin(
            Origin.BRANCH,
            run.name(),
            run.path().toString(),
            Seal.number(run).orElse(""),
            Origin.recipeHash(run),
            choice.step(),
            from.hash(),
            choice.optimizer(),
            Branching.sameHeldOut(run.recipe(), choice.recipe()))
        .write(branch);
    if (plan.carried() && !standing.amendments().extensions().list().isEmpty()) {
      standing.amendments().extensions().write(branch);
    }
    Recipe recipe = plan.recipe().named(branch.name());
    return RunFolder.create(folder, recipe);
  }

  private static void bring(StoredCheckpoint from, RunFolder branch) {
    Path place = branch.checkpoint(from.step());
    Path beside = place.resolveSibling("." + place.getFileName() + ".part");
    try {
      Files.createDirectories(beside);
      try (var files = Files.list(from.folder())) {
        for (Path file : files.toList()) {
          copy(file, beside.resolve(file.getFileName()));
        }
      }
      if (!StoredCheckpoint.sound(beside)) {
        throw StudioException.badInput(
            "The checkpoint of step " + from.step() + " changed while it was copied.",
            "Choose a newer one; a running run removes its oldest.");
      }
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
      AtomicFile.syncFolder(branch.checkpoints());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
