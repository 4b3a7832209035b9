package org.adapterstudio.engine.classify;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.network.TwinTowers;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.task.TextEncoding;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Takes the class whose description is nearest to the picture (arXiv:2103.00020, section 3.1): no
 * training, only texts.
 *
 * @param vectors of the classes, [classes, E], each of length one
 */
public record ZeroShot(AdaptedModel model, TwinTowers network, List<String> classes, Values vectors)
    implements PictureClassifier {
  /** Place of the class in a template. */
  public static final String PLACE = "{}";

  /**
   * Describes each class by every template and takes the mean of what the text tower makes of them
   * (section 3.1.4).
   *
   * @param templates such as "a photo of a {}"
   */
  public static ZeroShot of(
      AdaptedModel model,
      TwinTowers network,
      Tokenizer tokenizer,
      List<String> classes,
      List<String> templates) {
    check(classes, templates);
    var encoding = new TextEncoding(tokenizer, network.sizes().contextLength());
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray sum = null;
      for (String template : templates) {
        Tokens texts = encoding.join(described(classes, template, encoding));
        NDArray vectors = network.textVectors(pass, texts, Tap.NONE);
        sum = sum == null ? vectors : scope.call("add", sum, vectors);
      }
      NDArray mean = templates.size() == 1 ? sum : scope.call("unit_rows", sum);
      NDArray plain = scope.call("to_float32", mean);
      var vectors = new Values(plain.toFloatArray(), plain.getShape().getShape());
      return new ZeroShot(model, network, List.copyOf(classes), vectors);
    }
  }

  /** Names of folders often have an underscore where a text has a blank. */
  private static List<TextEncoding.Text> described(
      List<String> classes, String template, TextEncoding encoding) {
    return classes.stream()
        .map(name -> template.replace(PLACE, name.replace('_', ' ')))
        .map(text -> encoding.encode(text, null))
        .toList();
  }

  private static void check(List<String> classes, List<String> templates) {
    if (classes.size() < 2) {
      throw StudioException.badInput(
          "There " + (classes.isEmpty() ? "is no class" : "is one class") + " to choose from.",
          "Name two or more with --labels, or give a folder with a folder for each class.");
    }
    for (String template : templates) {
      if (!template.contains(PLACE)) {
        throw StudioException.badInput(
            "The template \"" + template + "\" has no {} for the class.",
            "Write one such as \"a photo of a {}\".");
      }
    }
  }

  @Override
  public float[][] shares(Inputs pictures) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray seen = network.imageVectors(pass, pictures.dense(), Tap.NONE);
      NDArray read = pass.computed(scope.floats(vectors.data(), vectors.shape()));
      NDArray logits = network.similarities(pass, seen, read);
      return HeadClassifier.rows(scope.call("shares", logits), classes.size());
    }
  }
}
