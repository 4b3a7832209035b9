package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.recipe.Recipe;

/** What a run of a recipe is called where nobody says. */
final class RecipeName {
  private RecipeName() {}

  /** The recipe's own name; else its file's, or its folder's where the file says nothing. */
  static String of(Recipe recipe, Path file) {
    if (recipe.name() != null) {
      return recipe.name();
    }
    String stem = file.getFileName().toString().replaceFirst("\\.json$", "");
    Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
    return stem.equals("recipe") && folder != null && Files.exists(file) ? folder.toString() : stem;
  }
}
