package org.adapterstudio.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.runs.RunFilter;
import org.adapterstudio.app.runs.RunRow;
import org.adapterstudio.app.runs.RunRowReader;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio runs}: all runs that a name can find, newest first. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of the project around this folder and of the studio's home.",
    footer = {
      "",
      "A filter holds words that a run's name, method, state, base or tags must hold, and fields",
      "with a value: name, state, method, tag, base, data, note, parent, archived, lr, rank, seed,",
      "step, steps, loss, eval, score, duration, and settings by their path. A minus before a term",
      "means not, a comma in a value means or, a * any letters. Archived runs are left out unless",
      "--archived or archived:yes asks for them.",
      "",
      "Examples:",
      "  studio runs",
      "  studio runs --json",
      "  studio runs --filter 'state:finished tag:night lr>1e-4'",
      "  studio runs --filter 'eval<1.2 duration<2h -method:*dora training.seed:3'"
    })
final class RunsCommand implements Callable<Integer> {
  /** Where the score's column stands, before the folder's. */
  private static final int SCORE = 5;

  private final Desk desk;

  @Option(names = "--filter", paramLabel = "TERMS", description = "Which runs to list.")
  private String filter = "";

  @Option(names = "--archived", description = "Lists archived runs too.")
  private boolean archived;

  @Mixin private JsonOutput json;

  RunsCommand(Desk desk) {
    this.desk = desk;
  }

  /** A run with what a person says about it. */
  private record Line(RunRow row, RunSummary summary) {
    /** Everything, for programs. */
    ObjectNode json() {
      ObjectNode node = Json.tree(summary);
      node.put("title", row.name());
      node.set("tags", Json.tree(row.about().tags()));
      node.put("note", row.about().note()).put("archived", row.about().archived());
      node.put("base", row.base()).put("data", row.data()).put("method", row.method());
      node.put("parent", row.parent()).put("seconds", row.seconds());
      if (row.rank() > 0) {
        node.put("rank", row.rank());
      }
      if (row.recipe() != null) {
        node.put("learning_rate", row.learningRate());
      }
      return node;
    }
  }

  @Override
  public Integer call() {
    RunFilter parsed = RunFilter.parse(filter);
    RunFilter asked = archived ? parsed.withArchived() : parsed;
    var lines =
        Runs.list(desk.folder()).stream()
            .map(run -> new RunRowReader(run).read())
            .filter(asked)
            .map(row -> new Line(row, RunSummary.of(row.run())))
            .toList();
    json.print(desk, lines.stream().map(Line::json).toList(), () -> print(lines));
    return Exit.OK;
  }

  private void print(List<Line> lines) {
    if (lines.isEmpty()) {
      String which = filter.isBlank() ? "No runs in " : "No such runs in ";
      desk.out().println(which + Runs.folder(desk.folder()) + ".");
      return;
    }
    boolean scored = lines.stream().anyMatch(line -> line.summary().scores() != null);
    boolean tagged = lines.stream().anyMatch(line -> !line.row().about().tags().isEmpty());
    var heads = new ArrayList<>(List.of("NAME", "STATE", "STEP", "LOSS", "EVAL LOSS", "FOLDER"));
    if (tagged) {
      heads.add(SCORE, "TAGS");
    }
    if (scored) {
      heads.add(SCORE, "SCORE");
    }
    var table = new Table(heads.toArray(String[]::new));
    lines.forEach(line -> table.row(cells(line, scored, tagged).toArray(String[]::new)));
    desk.out().print(table);
  }

  private static List<String> cells(Line line, boolean scored, boolean tagged) {
    RunSummary run = line.summary();
    var cells = new ArrayList<String>();
    cells.add(run.name());
    cells.add(run.state());
    cells.add(run.steps());
    cells.add(number(run.loss()));
    cells.add(number(run.evalLoss()));
    cells.add(run.folder());
    if (tagged) {
      List<String> tags = line.row().about().tags();
      cells.add(SCORE, tags.isEmpty() ? "-" : String.join(" ", tags));
    }
    if (scored) {
      cells.add(SCORE, run.score());
    }
    return cells;
  }

  private static String number(Double loss) {
    return loss == null ? "-" : Words.loss(loss);
  }
}
