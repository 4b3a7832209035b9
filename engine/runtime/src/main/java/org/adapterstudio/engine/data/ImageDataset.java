package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.image.ImageHeader;
import org.adapterstudio.engine.image.ImagePreparation;

/**
 * Labelled pictures of a run: a folder of class folders, or a folder with metadata. Every file's
 * header is checked before the start; its pixels are decoded batch by batch.
 *
 * @param labels the classes, in the order of their numbers
 * @param batches of the pictures
 * @param skipped files that were left out because the recipe skips bad ones
 */
public record ImageDataset(Labels labels, RowBatches<ImageBatch> batches, List<BadRow> skipped) {
  /** Fields of a metadata file that may name a picture's class. */
  private static final List<String> LABEL = List.of("label", "class");

  /**
   * Lists and checks the files of a recipe's data section.
   *
   * @param known the model's classes; null where the data says which there are
   */
  public static ImageDataset load(
      Recipe recipe, ImagePreparation preparation, Labels known, LoadProgress progress) {
    BatchOrder.requireSize(recipe.training());
    var bad = new ArrayList<BadRow>();
    FileSplit files = FileSplit.read(recipe.data(), place -> list(place, recipe.data()));
    bad.addAll(files.bad());
    Labels labels = known == null ? classes(files.train()) : known;
    Split<LabelledFile> sound =
        files.checked(
            recipe,
            file -> {
              requireClass(labels, file);
              ImageHeader.read(file.file());
            },
            bad,
            progress);
    BadRows.requireUsable(recipe.data(), bad, sound.train().size());
    labels.requireSeveral(recipe.data().train());
    var batches = RowBatches.of(sound, recipe.training(), rows -> join(rows, labels, preparation));
    return new ImageDataset(labels, batches, List.copyOf(bad));
  }

  private static FileListing list(Path place, Recipe.Data data) {
    Path metadata = FileListing.metadata(place);
    return metadata == null
        ? new FileListing(ClassFolders.read(place), List.of())
        : FileListing.read(metadata, data.columns(), LABEL);
  }

  private static Labels classes(List<LabelledFile> files) {
    return Labels.of(files.stream().map(LabelledFile::said).toList());
  }

  private static void requireClass(Labels labels, LabelledFile file) {
    try {
      labels.number(file.said(), "class");
    } catch (RowRefused refused) {
      throw StudioException.badInput(
          file.file() + " has a class that " + refused.getMessage() + ".", "");
    }
  }

  private static ImageBatch join(
      List<LabelledFile> rows, Labels labels, ImagePreparation preparation) {
    ImagePreparation.Prepared first = preparation.prepare(rows.getFirst().file());
    float[] values = new float[Math.multiplyExact(rows.size(), first.values().length)];
    long[] classes = new long[rows.size()];
    for (int i = 0; i < classes.length; i++) {
      var one = i == 0 ? first : preparation.prepare(rows.get(i).file());
      requireSameSize(first, one, rows.get(i).file());
      System.arraycopy(one.values(), 0, values, i * first.values().length, one.values().length);
      classes[i] = labels.number(rows.get(i).said(), "class");
    }
    return new ImageBatch(
        classes.length,
        first.channels(),
        first.height(),
        first.width(),
        values,
        classes,
        rows.stream().map(LabelledFile::file).toList());
  }

  private static void requireSameSize(
      ImagePreparation.Prepared first, ImagePreparation.Prepared one, Path file) {
    if (one.height() != first.height() || one.width() != first.width()) {
      throw StudioException.badInput(
          "%s becomes %d x %d pixels, another picture of its batch %d x %d."
              .formatted(file, one.width(), one.height(), first.width(), first.height()),
          "Set do_center_crop or a size of height and width in preprocessor_config.json.");
    }
  }
}
