package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio train}: a new run from a recipe. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a training run and watches it.",
      "The first Ctrl-C saves and stops (exit code 130), a second one leaves the run to itself."
    },
    footer = {
      "",
      "Examples:",
      "  studio train sample-projects/first-adapter/recipe.json",
      "  studio train recipe.json --set training.max_steps=60 --set adapter.rank=8",
      "  studio train recipe.json --out runs/tryout --detach"
    })
final class TrainCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RECIPE.json", description = "What to train; see docs/map.md.")
  private Path recipe;

  @Option(
      names = "--out",
      paramLabel = "RUNFOLDER",
      description = "The run's folder. Default: a fresh one among the project's or home's runs.")
  private Path out;

  @Option(names = "--name", description = "The run's name. Default: the recipe's.")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Changes one field of the recipe; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--detach", description = "Prints the run's name and folder and returns.")
  private boolean detach;

  @Option(names = "--json", description = "With --detach: prints JSON.")
  private boolean json;

  TrainCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Path file = desk.folder().resolve(recipe);
    Recipe read = RecipeFile.read(file, settings);
    Recipe named = read.named(name != null ? name : RecipeName.of(read, file));
    Path folder =
        out != null
            ? desk.folder().resolve(out)
            : Runs.fresh(Runs.folder(desk.folder()), named.name());
    RunFolder run = RunFolder.create(folder, named);
    desk.runs().launch(run);
    if (detach) {
      announce(run);
      return Exit.OK;
    }
    desk.err().println("Run " + run.name() + " in " + run.path());
    return new RunFollower(desk, run).attached();
  }

  private void announce(RunFolder run) {
    if (json) {
      desk.out()
          .print(
              Json.pretty(
                  Json.object().put("name", run.name()).put("folder", run.path().toString())));
    } else {
      desk.out().println(run.name() + "  " + run.path());
    }
    desk.out().flush();
  }
}
