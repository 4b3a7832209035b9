package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.function.Function;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/** A small model with one method attached, its layers as plain matrices. */
public final class AdaptedPico implements AutoCloseable {
  /** A layer of 32 inputs and outputs. */
  public static final String SQUARE = "model.layers.0.self_attn.q_proj";

  /** A layer of 32 inputs and 16 outputs. */
  public static final String FLAT = "model.layers.0.self_attn.v_proj";

  /** A layer of 48 inputs and 32 outputs. */
  public static final String WIDE = "model.layers.0.mlp.down_proj";

  private final BaseModel base;
  private final AdaptedModel model;

  private AdaptedPico(BaseModel base, AdaptedModel model) {
    this.base = base;
    this.model = model;
  }

  /**
   * A pico Llama.
   *
   * @param knobs in the form {@code coft=true}
   */
  public static AdaptedPico of(Path folder, String method, int rank, String... knobs) {
    return on(new PicoProject(folder).base(), method, rank, knobs);
  }

  /** A base of any kind. */
  public static AdaptedPico on(Path place, String method, int rank, String... knobs) {
    var turned = new LinkedHashMap<String, JsonNode>();
    for (String knob : knobs) {
      String[] sides = knob.split("=");
      turned.put(sides[0], value(sides[1]));
    }
    BaseModel base = BaseModel.load(place, "float32");
    var settings =
        new Recipe.Adapter(
            method, rank, 2.0 * rank, 0.0, null, null, null, null, null, null, turned, null);
    try {
      return new AdaptedPico(base, AdaptedModel.attach(base, settings, 3));
    } catch (RuntimeException e) {
      base.close();
      throw e;
    }
  }

  private static JsonNode value(String text) {
    boolean plain = text.matches("true|false|-?[0-9][0-9.eE-]*");
    return plain ? Json.parse(text, "a knob") : Json.tree(text);
  }

  /** The model. */
  public AdaptedModel model() {
    return model;
  }

  /** Adds normal numbers to everything that is trained. */
  public AdaptedPico shaken(double deviation) {
    shake(model, deviation);
    return this;
  }

  static void shake(AdaptedModel model, double deviation) {
    var random = new Random(11);
    model
        .trainable()
        .forEach((name, array) -> change(array, v -> v + deviation * random.nextGaussian()));
  }

  /** Sets what is trained in a layer under a suffix. */
  public void set(String module, String suffix, Function<Integer, Double> values) {
    int[] at = {0};
    change(array(module, suffix), _ -> values.apply(at[0]++));
  }

  private static void change(NDArray array, Function<Float, Double> how) {
    try (Scope work = Kernels.get().inference()) {
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = how.apply(values[i]).floatValue();
      }
      work.call("assign", array, work.floats(values, array.getShape().getShape()));
    }
  }

  /** A trained array of a layer. */
  public NDArray array(String module, String suffix) {
    return model.attached().layers().get(module).tensors().get(suffix);
  }

  /** W [out, in] of a layer. */
  public Matrix weight(String module) {
    try (Scope scope = Kernels.get().inference()) {
      return Matrix.of(new Place(base, site(module), 0).weight(scope));
    }
  }

  /** dW [out, in] of a layer. */
  public Matrix change(String module) {
    return asked(pass -> Matrix.of(layer(module).change(pass).orElseThrow()));
  }

  /** W + dW. */
  public Matrix merged(String module) {
    return weight(module).plus(change(module));
  }

  /** s B A of the LoRA that a layer equals. */
  public Matrix plain(String module) {
    return asked(
        pass -> {
          var pair = layer(module).plain(pass).orElseThrow();
          return Matrix.of(pair.b()).times(Matrix.of(pair.a())).scaled(pair.s());
        });
  }

  /** Rows through a layer as its method computes it. */
  public Matrix output(String module, Matrix x) {
    var rows = new float[x.values().length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) x.values()[i];
    }
    return asked(
        pass -> {
          NDArray in = pass.scope().floats(rows, x.rows(), x.columns());
          return Matrix.of(layer(module).forward(pass, site(module), in));
        });
  }

  /** Numbers that a layer trains. */
  public long trained(String module) {
    return layer(module).tensors().values().stream().mapToLong(NDArray::size).sum();
  }

  /** Outputs of the whole model on a few tokens. */
  public float[] logits() {
    return asked(pass -> logits(model, pass));
  }

  /** Outputs of the base alone. */
  public float[] baseLogits() {
    try (var plain = AdaptedModel.plain(base);
        Scope scope = Kernels.get().inference()) {
      return logits(plain, Pass.still(scope, plain.weights()));
    }
  }

  /** Outputs with everything merged into the base, loaded anew. */
  public float[] mergedLogits(Path folder) {
    MergedModel.write(model, folder, "");
    try (var merged = BaseModel.load(folder, "float32");
        var plain = AdaptedModel.plain(merged);
        Scope scope = Kernels.get().inference()) {
      return logits(plain, Pass.still(scope, plain.weights()));
    }
  }

  private static float[] logits(AdaptedModel of, Pass pass) {
    Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
    return of.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
  }

  private <T> T asked(Function<Pass, T> question) {
    try (Scope scope = Kernels.get().inference()) {
      return question.apply(Pass.still(scope, model.weights()));
    }
  }

  private TrainedLayer layer(String module) {
    return model.attached().layers().get(module);
  }

  private Linear site(String module) {
    return base.network().linears().stream()
        .filter(site -> site.module().equals(module))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    model.close();
    base.close();
  }
}
