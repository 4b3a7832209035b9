package org.adapterstudio.app.runs;

import java.io.UncheckedIOException;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/** Reads one run's row again and again; a file that did not change since is not opened. */
public final class RunRowReader {
  private final RunFolder run;
  private final Thinned loss = new Thinned();
  private final RunDigest digest;
  private FileStamp aboutStamp = FileStamp.NONE;
  private RunAbout about = RunAbout.NONE;
  private FileStamp recipeStamp = FileStamp.NONE;
  private Recipe recipe;
  private int rank;
  private String parent = "";
  private RunRow row;

  /** A reader that has read nothing yet. */
  public RunRowReader(RunFolder run) {
    this.run = run;
    digest = new RunDigest(run, loss, false);
  }

  /** The row as it is now: the very same as before where nothing changed. */
  public RunRow read() {
    try {
      boolean changed = recipeChanged() | aboutChanged() | digest.refresh();
      RunState state = digest.state();
      if (changed || row == null || state != row.state() || !row.known()) {
        row = of(state);
      }
      return row;
    } catch (StudioException e) {
      return row = broken(e.failure().sentence());
    } catch (UncheckedIOException e) {
      return row = broken(e.getMessage());
    }
  }

  private RunRow broken(String problem) {
    return row != null && row.problem().equals(problem) && row.about().equals(about)
        ? row
        : RunRow.unread(run, about, RunState.WAITING, problem);
  }

  private boolean recipeChanged() {
    FileStamp now = FileStamp.of(run.recipeFile());
    if (recipe != null && now.equals(recipeStamp)) {
      return false;
    }
    aboutChanged(); // a broken run keeps its tags
    recipe = run.recipe();
    recipeStamp = now;
    parent = parent();
    rank = ranked(recipe.adapter().method()) ? recipe.adapter().rank() : 0;
    return true;
  }

  /** Of a branch whose origin cannot be read the parent is not shown. */
  private String parent() {
    try {
      return Origin.of(run).map(Origin::name).orElse("");
    } catch (StudioException e) {
      return "";
    }
  }

  /** A remark that cannot be read does not hide the run; changing it will say what is wrong. */
  private boolean aboutChanged() {
    FileStamp now = FileStamp.of(RunAbout.file(run));
    if (now.equals(aboutStamp)) {
      return false;
    }
    aboutStamp = now;
    try {
      about = RunAbout.of(run);
    } catch (StudioException e) {
      about = RunAbout.NONE;
    }
    return true;
  }

  private RunRow of(RunState state) {
    double best = Double.NaN;
    for (Event.Evaluated evaluated : digest.evaluations()) {
      best = evaluated.evalLoss() < best || Double.isNaN(best) ? evaluated.evalLoss() : best;
    }
    return new RunRow(
        run,
        about,
        recipe,
        state,
        loss.series(),
        Double.isNaN(loss.lastX()) ? 0 : (int) loss.lastX(),
        digest.total(),
        loss.lastY(),
        best,
        Scores.best(digest.evaluations().stream().map(Event.Evaluated::scores).toList()),
        rank,
        digest.started(),
        digest.seconds(),
        parent,
        "");
  }

  private static boolean ranked(String method) {
    return MethodCatalogue.find("adapter", method).stream()
        .flatMap(card -> card.knobs().stream())
        .anyMatch(knob -> knob.key().equals("rank"));
  }
}
