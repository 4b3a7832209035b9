package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tensor.Values;

/** Numbers that a test asks of a base: outputs, losses, slopes, next tokens. */
record FamilyPass(BaseModel base, Inputs in, long[] labels) {
  private static final float STEP = 1e-2f;

  /** Outputs by name, in float32; what stands at padding is nobody's business and set to 0. */
  SequencedMap<String, float[]> outputs() {
    try (Scope scope = Kernels.get().inference()) {
      var numbers = new LinkedHashMap<String, float[]>();
      base.network()
          .outputs(Pass.still(scope, Weights.of(base)), in, Tap.NONE)
          .forEach(
              (name, array) -> {
                float[] values = scope.call("to_float32", array).toFloatArray();
                numbers.put(name, shown(name, array.getShape().getShape(), values));
              });
      return numbers;
    }
  }

  private float[] shown(String name, long[] shape, float[] values) {
    boolean decoded = in.decoder() != null && name.equals("logits");
    if (in.tokens() == null || in.tokens().attention() == null || decoded || shape.length != 3) {
      return values;
    }
    int width = (int) shape[2];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.tokens().attention()[i / width] == 1 ? values[i] : 0;
    }
    return values;
  }

  /** Mean loss over the targets. */
  NDArray loss(Scope scope, Weights weights) {
    var loss = base.network().loss(Pass.still(scope, weights), in, labels);
    return scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets()));
  }

  /** Gradient of the loss by one parameter. */
  float[] gradient(String name) {
    try (Scope scope = Kernels.get().training()) {
      NDArray trained = scope.call("copy", base.parameter(name));
      Autograd.require(trained, true);
      Autograd.backward(scope, loss(scope, new Weights(base, Map.of(name, trained), Map.of())));
      return Autograd.gradient(scope, trained).toFloatArray();
    }
  }

  /** The same for one entry by central differences. */
  double slope(String name, int entry) {
    return (lossAt(name, entry, STEP) - lossAt(name, entry, -STEP)) / (2.0 * STEP);
  }

  private double lossAt(String name, int entry, float step) {
    try (Scope scope = Kernels.get().inference()) {
      NDArray parameter = base.parameter(name);
      float[] values = parameter.toFloatArray();
      values[entry] += step;
      NDArray moved = scope.floats(values, parameter.getShape().getShape());
      var weights = new Weights(base, Map.of(name, moved), Map.of());
      var loss = base.network().loss(Pass.still(scope, weights), in, labels);
      return (double) loss.sum().getFloat() / loss.targets();
    }
  }

  /** One row alone, its padding cut off. */
  FamilyPass row(int row) {
    Tokens one = row(in.tokens(), row, real(in.tokens(), row));
    Tokens decoder = in.decoder() == null ? null : row(in.decoder(), row, in.decoder().length());
    return new FamilyPass(base, new Inputs(one, decoder, row(in.dense(), row)), null);
  }

  private static Tokens row(Tokens in, int row, int length) {
    int from = row * in.length();
    long[] ids = Arrays.copyOfRange(in.ids(), from, from + length);
    long[] types = in.types() == null ? null : Arrays.copyOfRange(in.types(), from, from + length);
    return Tokens.of(ids, 1).typed(types);
  }

  private static Values row(Values dense, int row) {
    if (dense == null) {
      return null;
    }
    int size = dense.data().length / (int) dense.shape()[0];
    long[] shape = dense.shape().clone();
    shape[0] = 1;
    return new Values(Arrays.copyOfRange(dense.data(), row * size, (row + 1) * size), shape);
  }

  private static int real(Tokens in, int row) {
    if (in.attention() == null) {
      return in.length();
    }
    int from = row * in.length();
    return (int) Arrays.stream(in.attention(), from, from + in.length()).sum();
  }

  /** Greedy tokens, every position computed again for each. */
  List<Integer> continued(int[] prompt, int tokens) {
    var language = (CausalLanguageModel) base.network();
    var answer = new ArrayList<Integer>();
    for (int i = 0; i < tokens; i++) {
      long[] ids = new long[prompt.length + i];
      for (int j = 0; j < ids.length; j++) {
        ids[j] = j < prompt.length ? prompt[j] : answer.get(j - prompt.length);
      }
      try (Scope scope = Kernels.get().inference()) {
        Pass pass = Pass.still(scope, Weights.of(base));
        NDArray hidden = language.hidden(pass, Tokens.of(ids, 1));
        NDArray last = scope.call("pick_rows", hidden, scope.longs(new long[] {ids.length - 1}, 1));
        NDArray logits = language.logits(pass, last);
        answer.add((int) scope.call("largest", logits).toLongArray()[0]);
      }
    }
    return answer;
  }
}
