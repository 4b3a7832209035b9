package org.adapterstudio.engine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;

/** The columns of a training file, also where they fit no format yet. */
public final class Columns {
  private Columns() {}

  /** Their names; none where the file has none or cannot be read. */
  public static List<String> of(Recipe.Data data) {
    if (data.train() == null || !Files.isRegularFile(Path.of(data.train()))) {
      return List.of();
    }
    try {
      return RowFile.read(Path.of(data.train()), data.columns()).columns();
    } catch (StudioException e) {
      return List.of(); // whoever asked already has a better sentence about it
    }
  }
}
