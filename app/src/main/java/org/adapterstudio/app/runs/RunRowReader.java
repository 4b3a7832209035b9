package org.adapterstudio.app.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * Reads one run's row again and again. While an engine lives, its history is kept and only the new
 * lines are read; of an ended run only the row is kept until its log changes.
 */
final class RunRowReader {
  private static final int POINTS = 96;
  private final RunFolder run;
  private RunHistory history;
  private Recipe recipe;
  private RunRow row;
  private long size = -1;

  RunRowReader(RunFolder run) {
    this.run = run;
  }

  RunRow read() {
    try {
      long now = Files.exists(run.events()) ? Files.size(run.events()) : 0;
      if (row != null && row.problem().isEmpty() && now == size && history == null) {
        return row.state() == stateOnly() ? row : fresh(now);
      }
      return fresh(now);
    } catch (StudioException e) {
      return row = broken(e.failure().sentence());
    } catch (IOException | UncheckedIOException e) {
      return row = broken(e.getMessage());
    }
  }

  /** Whether an engine took the run without having written yet: one look at the lock. */
  private RunState stateOnly() {
    return EngineLock.held(run) ? null : row.state();
  }

  private RunRow fresh(long now) {
    if (recipe == null) {
      recipe = run.recipe();
    }
    if (history == null) {
      history = new RunHistory(run);
    }
    history.refresh();
    row = of(history.state());
    size = now;
    if (!row.state().live()) {
      history = null;
    }
    return row;
  }

  private RunRow of(RunState state) {
    List<EventLog.Entry> entries = history.entries();
    var loss = new Series();
    double best = Double.NaN;
    var scores = new ArrayList<Map<String, Double>>();
    int total = 0;
    long started = 0;
    for (EventLog.Entry entry : entries) {
      switch (entry.event()) {
        case Event.Step step -> loss.add(step.step(), step.loss());
        case Event.Evaluated e -> {
          best = lower(best, e.evalLoss());
          scores.add(e.scores());
        }
        case Event.Planned planned -> total = planned.totalSteps();
        case Event.Started _ -> started = started == 0 ? entry.time() : started;
        default -> {}
      }
    }
    long end = entries.isEmpty() ? started : entries.getLast().time();
    Recipe.Adapter adapter = recipe.adapter();
    return new RunRow(
        run,
        state,
        thinned(loss),
        loss.size() == 0 ? 0 : (int) loss.lastX(),
        total,
        loss.lastY(),
        best,
        Scores.best(scores),
        adapter.method(),
        ranked(adapter.method()) ? adapter.rank() : 0,
        recipe.training().learningRate(),
        started,
        (end - started) / 1e3,
        "");
  }

  private static double lower(double best, double loss) {
    return loss < best || Double.isNaN(best) ? loss : best;
  }

  private static boolean ranked(String method) {
    return MethodCatalogue.find("adapter", method).stream()
        .flatMap(card -> card.knobs().stream())
        .anyMatch(knob -> knob.key().equals("rank"));
  }

  private RunRow broken(String problem) {
    return new RunRow(
        run,
        RunState.WAITING,
        new Series(),
        0,
        0,
        Double.NaN,
        Double.NaN,
        Map.of(),
        "",
        0,
        Double.NaN,
        0,
        0,
        problem);
  }

  private static Series thinned(Series whole) {
    var thin = new Series();
    int stride = Math.max(1, whole.size() / POINTS);
    for (int i = 0; i < whole.size(); i += stride) {
      thin.add(whole.x(i), whole.y(i));
    }
    return thin;
  }
}
