package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.lineage.Standing;
import org.adapterstudio.contract.run.seal.SameBase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio branch}: a new run from a checkpoint of another. */
@Command(
    name = "branch",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a new run from a checkpoint of another, with other settings where they are given.",
      "Steps count on: training.max_steps counts the steps of the checkpoint too. With nothing",
      "changed the branch repeats the run bit for bit on the same machine."
    },
    footer = {
      "",
      "Examples:",
      "  studio branch first-adapter --set training.learning_rate=1e-4",
      "  studio branch first-adapter --from 200 --steps 300 --fresh-optimizer",
      "  studio branch first-adapter --from 200 --dry-run --json"
    })
final class BranchCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(
      names = "--from",
      paramLabel = "STEP",
      description = "The checkpoint's step. Default: the newest sound one.")
  private Integer from;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Changes one field of the recipe; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Ends so many steps behind the checkpoint.")
  private Integer steps;

  @Option(
      names = "--fresh-optimizer",
      description = "Lets the optimizer's moments start from zero.")
  private boolean fresh;

  @Option(
      names = "--name",
      description = "The branch's name. Default: the run's and the step it left at.")
  private String name;

  @Mixin private GoingOnChoice going;

  BranchCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    int step = from != null ? from : newest(run);
    if (steps != null) {
      settings.add("training.max_steps=" + (step + steps));
    }
    Recipe recipe = RecipeFile.with(run.recipe(), settings, desk.folder());
    var branch = new Choice.Branch(step, recipe, !fresh, SameBase.of(run, recipe));
    Path folder =
        name == null ? GoingOn.branchFolder(run, step) : Runs.fresh(run.path().getParent(), name);
    return going.carryOut(desk, run, branch, folder);
  }

  private static int newest(RunFolder run) {
    return Standing.of(run)
        .newestSound()
        .map(StoredCheckpoint::step)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "The run " + run.name() + " has no sound checkpoint to branch from.",
                    "Train it until it has saved one."));
  }
}
