package org.adapterstudio.app.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/**
 * What can be laid on one base: adapters of the library, adapters and checkpoints of runs; and
 * prompts that those runs were made for. Reads folders, so off the UI thread.
 *
 * @param adapters newest runs first, then the library's
 * @param prompts to try, at most five
 */
record ChatChoices(List<Choice> adapters, List<String> prompts) {
  private static final int PROMPTS = 5;

  /** Looks around for one base. */
  static ChatChoices of(Path base, Path workingFolder, List<AdapterEntry> library) {
    var adapters = new ArrayList<Choice>();
    var prompts = new LinkedHashSet<String>();
    var known = new LinkedHashSet<Path>();
    sampleRecipe(base, prompts);
    for (RunFolder run : Runs.list(workingFolder)) {
      addRun(run, base, adapters, prompts, known);
    }
    for (AdapterEntry adapter : library) {
      if (known.add(real(adapter.path()))) {
        adapters.add(new Choice(adapter.name(), adapter.path()));
      }
    }
    return new ChatChoices(adapters, prompts.stream().limit(PROMPTS).toList());
  }

  private static void addRun(
      RunFolder run, Path base, List<Choice> adapters, Set<String> prompts, Set<Path> known) {
    Recipe recipe;
    try {
      recipe = run.recipe();
    } catch (StudioException e) {
      return; // the list of runs shows what is wrong with it
    }
    if (!isModel(recipe, run, base)) {
      return;
    }
    prompts.addAll(recipe.sampling().prompts());
    if (Files.isRegularFile(run.adapter().resolve("adapter_config.json"))) {
      known.add(real(run.adapter()));
      adapters.add(new Choice(run.name(), run.adapter()));
    }
    for (int step : run.checkpointSteps().reversed()) {
      adapters.add(
          new Choice(Messages.text("chat.checkpoint", run.name(), step), run.checkpoint(step)));
    }
  }

  /** A recipe that lies beside the base, as in the sample projects, brings its prompts. */
  private static void sampleRecipe(Path base, Set<String> prompts) {
    Path beside = base.resolveSibling("recipe.json");
    if (Files.isRegularFile(beside)) {
      try {
        prompts.addAll(RecipeFile.read(beside).sampling().prompts());
      } catch (StudioException e) {
        return; // opening that recipe shows what is wrong with it
      }
    }
  }

  private static boolean isModel(Recipe recipe, RunFolder run, Path base) {
    String path = recipe.model().path();
    if (path == null) {
      return false;
    }
    try {
      return real(run.path().resolve(path)).equals(real(base));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
