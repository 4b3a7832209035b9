package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * The columns of a training file, or of the one that lists a folder's files, also where they fit no
 * format yet.
 */
public final class Columns {
  private Columns() {}

  /** Their names; none where the file has none or cannot be read. */
  public static List<String> of(Recipe.Data data) {
    Path file = data.train() == null ? null : FileListing.metadata(Path.of(data.train()));
    if (file == null) {
      return List.of();
    }
    try {
      return RowFile.read(file, data.columns()).columns();
    } catch (StudioException e) {
      return List.of(); // whoever asked already has a better sentence about it
    }
  }
}
