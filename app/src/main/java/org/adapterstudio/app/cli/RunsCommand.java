package org.adapterstudio.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.Origin;
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
    footer = {"", "Examples:", "  studio runs", "  studio runs --tree", "  studio runs --json"})
final class RunsCommand implements Callable<Integer> {
  /** Where the score's column stands, before the folder's. */
  private static final int SCORE = 5;

  private final Desk desk;

  @Option(names = "--tree", description = "Shows branches below the runs they came from.")
  private boolean tree;

  @Mixin private JsonOutput json;

  RunsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (tree) {
      return tree();
    }
    var runs = Runs.list(desk.folder()).stream().map(RunSummary::of).toList();
    json.print(desk, runs, () -> print(runs));
    return Exit.OK;
  }

  private int tree() {
    var nodes = RunTree.of(Runs.list(desk.folder())).flat().stream().map(Branch::of).toList();
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
