package org.adapterstudio.engine.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * The files of a recipe's data section, unchecked.
 *
 * @param train files to learn
 * @param eval files of a held-out place of its own; null where a share of {@code train} is held out
 * @param bad rows that name no file
 */
record FileSplit(List<LabelledFile> train, List<LabelledFile> eval, List<BadRow> bad) {
  static FileSplit read(Recipe.Data data, Function<Path, FileListing> list) {
    FileListing train = list.apply(place(data.train(), "data.train"));
    var bad = new ArrayList<>(train.bad());
    if (data.eval() == null || data.eval().isBlank()) {
      return new FileSplit(train.files(), null, bad);
    }
    FileListing eval = list.apply(place(data.eval(), "data.eval"));
    bad.addAll(eval.bad());
    return new FileSplit(train.files(), eval.files(), bad);
  }

  private static Path place(String written, String field) {
    if (written == null || written.isBlank()) {
      throw StudioException.badInput(
          "The recipe names no data (" + field + ").", "Choose a folder.");
    }
    Path place = Path.of(written);
    if (!Files.exists(place)) {
      throw StudioException.badInput(
          "The data folder " + place + " does not exist.", "Check " + field + ".");
    }
    return place;
  }

  /** Checks every file, then holds a share out where there is no held-out place. */
  Split<LabelledFile> checked(
      Recipe recipe, FileListing.Check check, List<BadRow> bad, LoadProgress listener) {
    var progress = new Progress(listener, train.size() + (eval == null ? 0L : eval.size()));
    List<LabelledFile> sound = FileListing.sound(train, check, bad, progress);
    return eval == null
        ? Split.of(sound, recipe.data().evalFraction(), recipe.training().seed())
        : new Split<>(sound, FileListing.sound(eval, check, bad, progress));
  }
}
