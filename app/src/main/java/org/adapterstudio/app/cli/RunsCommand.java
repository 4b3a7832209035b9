package org.adapterstudio.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio runs}: all runs that a name can find, newest first. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of the project around this folder and of the studio's home.",
    footer = {"", "Examples:", "  studio runs", "  studio runs --json"})
final class RunsCommand implements Callable<Integer> {
  /** Where the score's column stands, before the folder's. */
  private static final int SCORE = 5;

  private final Desk desk;

  @Mixin private JsonOutput json;

  RunsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var runs = Runs.list(desk.folder()).stream().map(RunSummary::of).toList();
    json.print(desk, runs, () -> print(runs));
    return Exit.OK;
  }

  private void print(List<RunSummary> runs) {
    if (runs.isEmpty()) {
      desk.out().println("No runs in " + Runs.folder(desk.folder()) + ".");
      return;
    }
    boolean scored = runs.stream().anyMatch(run -> run.scores() != null);
    var heads = new ArrayList<>(List.of("NAME", "STATE", "STEP", "LOSS", "EVAL LOSS", "FOLDER"));
    if (scored) {
      heads.add(SCORE, "SCORE");
    }
    var table = new Table(heads.toArray(String[]::new));
    runs.forEach(run -> table.row(cells(run, scored).toArray(String[]::new)));
    desk.out().print(table);
  }

  private static List<String> cells(RunSummary run, boolean scored) {
    var cells = new ArrayList<String>();
    cells.add(run.name());
    cells.add(run.state());
    cells.add(run.steps());
    cells.add(number(run.loss()));
    cells.add(number(run.evalLoss()));
    cells.add(run.folder());
    if (scored) {
      cells.add(SCORE, run.score());
    }
    return cells;
  }

  private static String number(Double loss) {
    return loss == null ? "-" : Words.loss(loss);
  }
}
