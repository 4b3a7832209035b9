package org.adapterstudio.engine.classify;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;

/** Reads the logits of a trained head. */
public record HeadClassifier(AdaptedModel model, List<String> classes)
    implements PictureClassifier {
  /** The head of a model; one without is refused. */
  public static HeadClassifier of(AdaptedModel model, ImageClassifier network) {
    if (network.head().isEmpty()) {
      throw StudioException.badInput(
          model.base().folder() + " was saved without a classification head.",
          "Give --adapter with a run's result that has one.");
    }
    return new HeadClassifier(model, network.labels());
  }

  @Override
  public float[][] shares(Inputs pictures) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray logits = model.network().outputs(pass, pictures, Tap.NONE).get("logits");
      return rows(scope.call("shares", logits), classes.size());
    }
  }

  /** An array [rows, width] as rows. */
  static float[][] rows(NDArray array, int width) {
    float[] flat = array.toFloatArray();
    float[][] rows = new float[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }
}
