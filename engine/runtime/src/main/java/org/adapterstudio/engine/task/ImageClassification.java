package org.adapterstudio.engine.task;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.LabelledFile;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.network.TwinTowers;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.train.Rows;

/** Giving each picture one of the classes in the data. */
public final class ImageClassification implements Task {
  /** Towers without a head are trained for nothing else. */
  @Override
  public boolean suits(Network network) {
    return network instanceof ImageClassifier || network instanceof TwinTowers;
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Pictures pictures = Pictures.read(recipe, model, progress);
    var split = pictures.split();
    BadRows.requireUsable(pictures.bad(), split.train().isEmpty(), recipe.data());
    List<String> labels =
        ClassLabels.of(
            Stream.concat(split.train().stream(), split.eval().stream())
                .map(LabelledFile::label)
                .toList(),
            model);
    Batching<LabelledFile> batches =
        Batching.of(split, recipe.training(), (files, _) -> pictures.rows(files, labels));
    return new Labelled(place(recipe), pictures, labels, batches);
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    return Pictures.read(recipe, model, progress).preview(recipe.data(), rows);
  }

  /** Folder that the pictures of a recipe lie in. */
  private static Path place(Recipe recipe) {
    Path train = Path.of(recipe.data().train()).toAbsolutePath();
    return Files.isDirectory(train) ? train : train.getParent();
  }

  private record Labelled(
      Path place, Pictures pictures, List<String> labels, Batching<LabelledFile> batches)
      implements Lesson {
    @Override
    public Purpose purpose() {
      return Purpose.classification(labels);
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
      return ClassScores.of(model, batches.heldOut(), labels);
    }

    /** The class of a picture, which is named as a file of the data's folder. */
    @Override
    public Optional<String> answer(AdaptedModel model, String prompt, int maxTokens) {
      try (Scope scope = Kernels.get().inference()) {
        Inputs in = pictures.inputs(List.of(place.resolve(prompt)));
        Pass pass = Pass.still(scope, model.weights());
        NDArray logits = model.network().outputs(pass, in, Tap.NONE).firstEntry().getValue();
        return Optional.of(labels.get((int) scope.call("largest", logits).toLongArray()[0]));
      }
    }

    @Override
    public void close() {}
  }
}
