package org.adapterstudio.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.adapterstudio.app.runs.RunFilter;
import org.adapterstudio.app.runs.RunRow;
import org.adapterstudio.app.runs.RunRowReader;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.lineage.RunTree;
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
      "  studio runs --tree",
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

  @Option(names = "--tree", description = "Shows branches below the runs they came from.")
  private boolean tree;

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
    List<RunRow> rows =
        Runs.list(desk.folder()).stream()
            .map(run -> new RunRowReader(run).read())
            .filter(asked)
            .toList();
    if (tree) {
      return tree(rows.stream().map(RunRow::run).collect(Collectors.toSet()));
    }
    var lines = rows.stream().map(row -> new Line(row, RunSummary.of(row.run()))).toList();
    json.print(desk, lines.stream().map(Line::json).toList(), () -> print(lines));
    return Exit.OK;
  }

  /** A parent that was not asked for is still known. */
  private int tree(Set<RunFolder> asked) {
    var nodes =
        RunTree.of(Runs.list(desk.folder())).flat().stream()
            .filter(node -> asked.contains(node.run()))
            .map(Branch::of)
            .toList();
    json.print(desk, nodes, () -> print(nodes, new Table("RUN", "STATE", "STEP", "BEST", "FROM")));
    return Exit.OK;
  }

  private void print(List<Branch> branches, Table table) {
    for (Branch branch : branches) {
      String indent = branch.depth() == 0 ? "" : "  ".repeat(branch.depth() - 1) + "\u2514 ";
      RunSummary run = branch.run();
      String best = run.bestEvalLoss() == null ? "-" : Words.loss(run.bestEvalLoss());
      table.row(indent + run.name(), run.state(), run.steps(), best, branch.from());
    }
    desk.out().print(table);
  }

  /**
   * A run in the tree.
   *
   * @param parent name of the run it came from; empty where it started from nothing
   * @param known whether that run is among the runs
   * @param fromStep step of the checkpoint it started from
   */
  private record Branch(RunSummary run, int depth, String parent, boolean known, int fromStep) {
    static Branch of(RunTree.Node node) {
      return new Branch(
          RunSummary.of(node.run()),
          node.depth(),
          node.parent(),
          node.known(),
          node.origin().map(Origin::step).orElse(0));
    }

    String from() {
      return parent.isEmpty()
          ? ""
          : "step " + fromStep + " of " + parent + (known ? "" : ", which is not here");
    }
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
