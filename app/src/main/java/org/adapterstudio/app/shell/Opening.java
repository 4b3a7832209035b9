package org.adapterstudio.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Navigator;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;

/**
 * Opens whatever is dropped on the window or chosen: a run is shown, a recipe or a data file fills
 * the training form, any other folder joins the library.
 */
final class Opening {
  private final Navigator navigator;
  private final DialogService dialogs;
  private final Consumer<Path> addFolder;

  Opening(Navigator navigator, DialogService dialogs, Consumer<Path> addFolder) {
    this.navigator = navigator;
    this.dialogs = dialogs;
    this.addFolder = addFolder;
  }

  /** Opens one file or folder. */
  void open(Path path) {
    if (Files.isRegularFile(path.resolve("recipe.json"))) {
      navigator.showRun(RunFolder.open(path));
    } else if (Files.isDirectory(path)) {
      join(path);
    } else if (isData(path)) {
      navigator.showTrain(withData(path));
    } else if (name(path).endsWith(".json") && Files.isRegularFile(path)) {
      navigator.showTrain(RecipeFile.read(path));
    } else if (name(path).endsWith(".safetensors") && Files.isRegularFile(path)) {
      join(path.toAbsolutePath().getParent());
    } else {
      refuse(path);
    }
  }

  private void join(Path folder) {
    addFolder.accept(folder);
    navigator.showLibrary();
  }

  private void refuse(Path path) {
    dialogs.show(
        Failure.badInput(
            Messages.text("open.unknown", path), Messages.text("open.unknown.action")));
  }

  private static boolean isData(Path path) {
    return Files.isRegularFile(path)
        && (name(path).endsWith(".jsonl")
            || name(path).endsWith(".parquet")
            || name(path).endsWith(".csv"));
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
  }

  private static Recipe withData(Path file) {
    return new Recipe(
        Recipe.VERSION, null, null, Recipe.Data.of(file.toString()), null, null, null);
  }
}
