package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.Grid;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio queue grid}: every combination of some settings. */
@Command(
    name = "grid",
    mixinStandardHelpOptions = true,
    description = {
      "Queues a run for every combination of values. With --halve-at the runs stop at each of"
          + " these",
      "steps; when all are there, the half with the higher loss on held-out rows stays stopped and",
      "the rest goes on from its checkpoints. The number of runs is told first."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue grid recipe.json --set training.learning_rate=1e-4,2e-4 --yes",
      "  studio queue grid recipe.json --set adapter.rank=4,8,16 --halve-at 100,200"
    })
final class QueueGridCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RECIPE.json", description = "What all runs have in common.")
  private Path recipe;

  @Option(
      names = "--set",
      required = true,
      paramLabel = "FIELD=VALUE,...",
      description = "Values of one field; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--halve-at",
      split = ",",
      paramLabel = "STEP",
      description = "Steps at which the worse half is stopped.")
  private List<Integer> halveAt = new ArrayList<>();

  @Option(names = "--name", description = "The grid's name. Default: the recipe's.")
  private String name;

  @Option(names = "--yes", description = "Queues them without asking.")
  private boolean yes;

  QueueGridCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Path file = desk.folder().resolve(recipe);
    Grid grid = Grid.of(settings);
    List<Recipe> recipes = grid.runs().stream().map(run -> RecipeFile.read(file, run)).toList();
    List<Integer> rungs = halveAt.stream().sorted().distinct().toList();
    check(recipes, rungs);
    desk.err().println(plan(recipes, rungs));
    if (!agreed()) {
      desk.err().println("Nothing was queued; --yes queues without asking.");
      return Exit.FAILURE;
    }
    String of = name != null ? name : RecipeName.of(recipes.getFirst(), file);
    queue(of, grid, recipes, rungs).forEach(id -> desk.out().println(id));
    desk.out().flush();
    return Exit.OK;
  }

  private static void check(List<Recipe> recipes, List<Integer> rungs) {
    for (int rung : rungs) {
      boolean beyond =
          recipes.stream()
              .mapToInt(recipe -> recipe.training().maxSteps())
              .anyMatch(steps -> steps > 0 && rung >= steps);
      if (rung < 1 || beyond) {
        throw StudioException.badInput(
            "--halve-at " + rung + " does not lie between the first and the last step.",
            "Choose a step below training.max_steps.");
      }
    }
  }

  /** "6 runs; all to step 200, then 3 to step 400, then 2 to the end." */
  static String plan(List<Recipe> recipes, List<Integer> rungs) {
    var words = new StringBuilder(recipes.size() + (recipes.size() == 1 ? " run" : " runs"));
    int left = recipes.size();
    long made = 0;
    int from = 0;
    for (int rung : rungs) {
      words.append(from == 0 ? "; all" : ", then " + left).append(" to step ").append(rung);
      made += (long) left * (rung - from);
      left = (left + 1) / 2;
      from = rung;
    }
    words.append(rungs.isEmpty() ? ", each to its end" : ", then " + left + " to the end");
    int steps = recipes.getFirst().training().maxSteps();
    boolean same = recipes.stream().allMatch(r -> r.training().maxSteps() == steps);
    if (steps > 0 && same) {
      long all = (long) recipes.size() * steps;
      words.append(": ").append(Words.count(made + (long) left * (steps - from))).append(" steps");
      words.append(rungs.isEmpty() ? " in all" : " instead of " + Words.count(all));
    }
    return words.append(".").toString();
  }

  private boolean agreed() {
    if (yes) {
      return true;
    }
    if (!desk.terminal()) {
      return false;
    }
    String answer = System.console().readLine("Queue them? [y/N] ");
    return answer != null && answer.strip().toLowerCase().startsWith("y");
  }

  /** All are held until the last one is there, so that no half grid is ever compared. */
  private List<String> queue(String of, Grid grid, List<Recipe> recipes, List<Integer> rungs) {
    QueueFolder queue = QueueFolder.of(desk.folder());
    var edits = new QueueEdits(queue);
    String id = gridId(queue, of);
    var ids = new ArrayList<String>();
    for (int i = 0; i < recipes.size(); i++) {
      List<String> own = grid.runs().get(i);
      Recipe named = recipes.get(i).named(of + "-" + Grid.suffix(own));
      RunFolder run = RunFolder.create(Runs.fresh(Runs.folder(desk.folder()), named.name()), named);
      var wish = QueueEdits.Wish.run(run, queue, true);
      var place = new QueueEntry.GridPlace(id, own, rungs);
      ids.add(
          edits
              .add(new QueueEdits.Wish(wish.name(), wish.work(), List.of(), true, false, place))
              .id());
    }
    ids.forEach(one -> edits.hold(one, false));
    desk.runs().keep(queue);
    return ids;
  }

  private static String gridId(QueueFolder queue, String of) {
    List<String> taken =
        queue.entries().stream()
            .map(entry -> entry.grid() == null ? entry.id() : entry.grid().grid())
            .toList();
    String id = of + "-grid";
    for (int n = 2; taken.contains(id); n++) {
      id = of + "-grid-" + n;
    }
    return id;
  }
}
