package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/** Pointwise functions between linear layers, by the kernel that computes them. */
public enum Activation {
  SILU,
  GELU,
  GELU_TANH,
  QUICK_GELU,
  RELU,
  TANH;

  private static final Map<String, Activation> NAMES =
      Map.of(
          "silu", SILU,
          "swish", SILU,
          "gelu", GELU,
          "gelu_new", GELU_TANH,
          "gelu_pytorch_tanh", GELU_TANH,
          "gelu_fast", GELU_TANH,
          "quick_gelu", QUICK_GELU,
          "relu", RELU,
          "tanh", TANH);

  /**
   * The function of a config's field.
   *
   * @param from file and field, for the message
   */
  public static Activation named(String name, String from) {
    Activation activation = NAMES.get(name);
    if (activation == null) {
      List<String> known = NAMES.keySet().stream().sorted().toList();
      throw StudioException.badInput(
          from + " \"" + name + "\" is not supported.",
          "Supported: " + String.join(", ", known) + ".");
    }
    return activation;
  }

  /** The function of every number. */
  public NDArray of(Scope scope, NDArray x) {
    return scope.call(kernel(), x);
  }

  /** The function of the gate times the other half. */
  NDArray gated(Pass pass, NDArray gate, NDArray up) {
    boolean fused = this == SILU || this == GELU || this == GELU_TANH;
    if (fused && pass.tape().isPresent() && pass.writes()) {
      return pass.written("gated_" + kernel(), List.of(gate, up));
    }
    return pass.scope().call("mul", of(pass.scope(), gate), up);
  }

  /** Name of its kernel. */
  String kernel() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
