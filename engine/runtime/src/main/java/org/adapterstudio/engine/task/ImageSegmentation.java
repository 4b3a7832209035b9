package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.LabelledFile;
import org.adapterstudio.engine.data.LabelledFiles;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.image.ImagePreparation;
import org.adapterstudio.engine.image.Mask;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Segmenter;
import org.adapterstudio.engine.train.Rows;

/**
 * Saying what every point of a picture is. A folder's metadata file names pictures in {@code
 * file_name} and, beside each, its {@code mask}: a PNG whose grey values are the numbers of the
 * classes.
 */
public final class ImageSegmentation implements Task {
  @Override
  public boolean suits(Network network) {
    return network instanceof Segmenter;
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Pictures pictures = read(recipe, model, progress);
    BadRows.requireUsable(pictures.bad(), pictures.split().train().isEmpty(), recipe.data());
    Batching<LabelledFile> batches =
        Batching.of(pictures.split(), recipe.training(), (files, _) -> rows(pictures, files));
    if (!(Networks.read(model) instanceof Segmenter segmenter)) {
      throw StudioException.badInput(
          model + " does not say what the points of a picture are.",
          "Take a model that segments pictures, such as one of the family studio_unet.");
    }
    return new Masked(pictures, segmenter.labels().size(), batches);
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    return read(recipe, model, progress).preview(recipe.data(), rows);
  }

  private static Pictures read(Recipe recipe, Path model, LoadProgress progress) {
    LabelledFiles files = LabelledFiles.masked(recipe, progress);
    return new Pictures(ImagePreparation.read(model), files.split(), files.bad());
  }

  private static Rows rows(Pictures pictures, List<LabelledFile> files) {
    var inputs = pictures.inputs(files.stream().map(LabelledFile::file).toList());
    int height = (int) inputs.dense().shape()[2];
    int width = (int) inputs.dense().shape()[3];
    long[] labels = new long[files.size() * height * width];
    for (int i = 0; i < files.size(); i++) {
      Path mask = Path.of(files.get(i).label());
      Mask.fill(mask, height, width, labels, i * height * width);
    }
    return new Rows(inputs, labels, files.stream().mapToInt(LabelledFile::line).toArray());
  }

  private record Masked(Pictures pictures, int classes, Batching<LabelledFile> batches)
      implements Lesson {
    @Override
    public Purpose purpose() {
      return Purpose.AS_STORED;
    }

    @Override
    public Extent extent() {
      return pictures.extent(batches);
    }

    @Override
    public Rows microBatch(long index) {
      return batches.microBatch(index);
    }

    @Override
    public Optional<Measure> evaluate(AdaptedModel model) {
      return PointScores.of(model, batches.heldOut(), classes);
    }

    @Override
    public void close() {}
  }
}
