package org.adapterstudio.engine.method.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;

/** A LoRA on the small Llama of the reference data, in the start state that a test looks at. */
final class StartedLora implements AutoCloseable {
  /** Rank and alpha of the reference cases: s = 2. */
  static final int RANK = 4;

  static final double S = 2;

  private final BaseModel base;
  private final AdaptedModel model;

  private StartedLora(BaseModel base, AdaptedModel model) {
    this.base = base;
    this.model = model;
  }

  /** With rank 4 and alpha 8 on all linear layers. */
  static StartedLora of(String initializer, Map<String, JsonNode> knobs) {
    return of(settings(initializer, RANK, knobs), Storage.plain("float32"), Optional.empty());
  }

  static StartedLora of(String initializer, Map<String, JsonNode> knobs, Calibration rows) {
    return of(settings(initializer, RANK, knobs), Storage.plain("float32"), Optional.of(rows));
  }

  static StartedLora of(
      Recipe.Adapter settings, Storage storage, Optional<Calibration> calibration) {
    return on(open(storage), settings, calibration);
  }

  /** On a base that is closed with it. */
  static StartedLora on(BaseModel base, Recipe.Adapter settings, Optional<Calibration> rows) {
    var start = new Attachment.Start(false, rows);
    return new StartedLora(base, AdaptedModel.attach(base, settings, 7, start));
  }

  /** The base alone. */
  static BaseModel open(Storage storage) {
    return open("llama", storage);
  }

  /** A base of the reference data. */
  static BaseModel open(String family, Storage storage) {
    return BaseModel.load(Golden.folder("models/" + family), storage, Purpose.AS_STORED);
  }

  /** Settings with s = 2, on these layers or all. */
  static Recipe.Adapter settings(
      String initializer, int rank, Map<String, JsonNode> knobs, String... layers) {
    return new Recipe.Adapter(
        "lora",
        rank,
        S * rank,
        0.0,
        layers.length == 0 ? TextNode.valueOf("all-linear") : Json.tree(layers),
        null,
        null,
        null,
        null,
        null,
        knobs,
        initializer);
  }

  AdaptedModel model() {
    return model;
  }

  /** The adapted layers. */
  List<Linear> sites() {
    return base.network().linears().stream()
        .filter(site -> model.attached().layers().containsKey(site.module()))
        .toList();
  }

  /** W [out, in] as the adapted layer multiplies with it. */
  Matrix w(Linear site) {
    try (Scope scope = Kernels.get().inference()) {
      return Matrix.of(model.weights().base().lend(scope, site.weight()).array());
    }
  }

  /** A [r, in]. */
  Matrix a(Linear site) {
    return Matrix.of(model.trainable().get(name(site, "lora_A.weight")));
  }

  /** B [out, r]. */
  Matrix b(Linear site) {
    return Matrix.of(model.trainable().get(name(site, "lora_B.weight")));
  }

  /** s B A. */
  Matrix product(Linear site) {
    return b(site).times(a(site)).times(model.settings().alpha() / a(site).rows());
  }

  /** Singular values of a matrix, largest first. */
  static double[] spectrum(Matrix matrix) {
    try (Scope scope = Kernels.get().inference()) {
      float[] numbers = new float[matrix.numbers().length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) matrix.numbers()[i];
      }
      var array = scope.floats(numbers, matrix.rows(), matrix.columns());
      float[] values = scope.call("singular_values", array).toFloatArray();
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
  }

  /** Logits of a few tokens, adapted or by the base alone. */
  float[] logits(boolean adapted) {
    try (Scope scope = Kernels.get().inference();
        AdaptedModel plain = AdaptedModel.plain(base)) {
      Pass pass = Pass.still(scope, adapted ? model.weights() : plain.weights());
      Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }

  /** Largest difference of the products and of what is left of the base to a reference's start. */
  double fromReference(SafetensorsFile file) {
    var differences = new ArrayList<Double>();
    for (Linear site : sites()) {
      Matrix wanted =
          Matrix.of(file.floats(name(site, "lora_B.weight")))
              .times(Matrix.of(file.floats(name(site, "lora_A.weight"))));
      differences.add(wanted.minus(b(site).times(a(site))).largest());
      String residual = "residual." + site.weight();
      if (file.has(residual)) {
        Matrix left = w(site).minus(product(site));
        differences.add(Matrix.of(file.floats(residual)).minus(left).largest());
      }
    }
    return differences.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  static String name(Linear site, String suffix) {
    return Attached.PREFIX + site.module() + "." + suffix;
  }

  @Override
  public void close() {
    model.close();
    base.close();
  }
}
