package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Draft;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/** A method on a tiny Llama whose head shares the table of words. */
final class PicoAdapter implements AutoCloseable {
  final BaseModel base;
  final AdaptedModel model;
  final AdaptedModel plain;

  PicoAdapter(Path folder, String method, String targets, String knobs) {
    base = BaseModel.load(new PicoProject(folder).base(), "float32");
    model = AdaptedModel.attach(base, settings(method, targets, knobs), 3);
    plain = AdaptedModel.plain(base);
  }

  /** Settings of rank 4, with targets and knobs as JSON. */
  static Recipe.Adapter settings(String method, String targets, String knobs) {
    Map<String, JsonNode> given = new java.util.LinkedHashMap<>();
    json(knobs).properties().forEach(knob -> given.put(knob.getKey(), knob.getValue()));
    return new Recipe.Adapter(
        method, 4, 8.0, 0.0, json(targets), null, null, null, null, null, given, null);
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Moves everything trained by random numbers, as training would. */
  PicoAdapter moved() {
    var random = new SplittableRandom(5);
    for (NDArray array : model.trainable().values()) {
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.1 * random.nextGaussian());
      }
      try (Scope work = Kernels.get().inference()) {
        work.call("assign", array, work.floats(values, array.getShape().getShape()));
      }
    }
    return this;
  }

  /** Logits of one row, all positions one after another. */
  static float[] logits(AdaptedModel model, long... ids) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      Inputs in = Inputs.of(Tokens.of(ids, 1));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }

  /** Logits of some positions. */
  float[] at(float[] logits, int from, int to) {
    int width = base.network().sizes().vocabulary();
    return Arrays.copyOfRange(logits, from * width, to * width);
  }

  /** Logits of the last position. */
  float[] last(float[] logits) {
    int positions = logits.length / base.network().sizes().vocabulary();
    return at(logits, positions - 1, positions);
  }

  /** Logits of the last position, the first tokens at once and the others one by one. */
  float[] written(int first, long... ids) {
    try (Scope owner = Kernels.get().inference()) {
      Inputs prompt = Inputs.of(Tokens.of(Arrays.copyOf(ids, first), 1));
      Draft draft = model.writer().begin(model.weights(), prompt, owner);
      float[] logits = next(draft, Arrays.copyOf(ids, first));
      for (int i = first; i < ids.length; i++) {
        logits = next(draft, ids[i]);
      }
      return logits;
    }
  }

  private float[] next(Draft draft, long... ids) {
    try (Scope scope = Kernels.get().inference()) {
      return draft.next(Pass.still(scope, model.weights()), ids).toFloatArray();
    }
  }

  @Override
  public void close() {
    plain.close();
    model.close();
    base.close();
  }
}
