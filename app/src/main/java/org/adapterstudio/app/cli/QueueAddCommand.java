package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio queue add}: a run that waits for its turn. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a run into the queue: a new one from a recipe, or one that was stopped or failed, to"
          + " be",
      "resumed. A keeper is started if none is at work."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue add sample-projects/first-adapter/recipe.json",
      "  studio queue add recipe.json --set training.max_steps=60 --name short",
      "  studio queue add stopped-run --first"
    })
final class QueueAddCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(
      paramLabel = "RECIPE.json|RUN",
      description = "What to train, or which run to resume.")
  private String what;

  @Option(names = "--name", description = "The new run's name. Default: the recipe's.")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Changes one field of the recipe; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--after",
      paramLabel = "ID",
      split = ",",
      description = "Entries or grids that must have finished before.")
  private List<String> after = new ArrayList<>();

  @Option(names = "--first", description = "Goes before all others.")
  private boolean first;

  @Option(names = "--hold", description = "Waits until `studio queue release`.")
  private boolean hold;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  QueueAddCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    QueueFolder queue = QueueFolder.of(desk.folder());
    Path file = desk.folder().resolve(what);
    boolean recipe = Files.isRegularFile(file) || what.endsWith(".json");
    RunFolder run = recipe ? made(file) : found();
    var wish = QueueEdits.Wish.run(run, queue, recipe);
    QueueEntry entry =
        new QueueEdits(queue)
            .add(new QueueEdits.Wish(wish.name(), wish.work(), after, hold, first, null));
    desk.runs().keep(queue);
    announce(entry, run);
    return Exit.OK;
  }

  private RunFolder made(Path file) {
    Recipe read = RecipeFile.read(file, settings);
    Recipe named = read.named(name != null ? name : RecipeName.of(read, file));
    return RunFolder.create(Runs.fresh(Runs.folder(desk.folder()), named.name()), named);
  }

  private RunFolder found() {
    RunFolder run = Runs.find(what, desk.folder());
    RunState state = RunHistory.of(run).state();
    if (!state.resumable()) {
      throw StudioException.badInput(
          "The run " + run.name() + " is " + state.words() + ".",
          "Only a run that waits, was stopped, failed or was lost can be queued.");
    }
    return run;
  }

  private void announce(QueueEntry entry, RunFolder run) {
    if (json) {
      desk.out()
          .print(
              Json.pretty(
                  Json.object().put("id", entry.id()).put("folder", run.path().toString())));
    } else {
      desk.out().println(entry.id() + "  " + run.path());
    }
    desk.out().flush();
  }
}
