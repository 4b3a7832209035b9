package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A normalisation over the last dimension, computed in float32.
 *
 * @param name of its module
 * @param size of the last dimension
 */
public record Norm(String name, Kind kind, int size, double eps) implements Part {
  /** The formulas of the field. */
  public enum Kind {
    /** Root mean square, times w (arXiv:1910.07467). */
    RMS,
    /** Root mean square, times 1 + w, as Gemma has it. */
    RMS_PLUS_ONE,
    /** Mean and variance, times w, plus b (arXiv:1607.06450). */
    LAYER
  }

  @Override
  public void list(Inventory inventory) {
    inventory.norm(name);
    inventory.parameter(name + ".weight", size);
    if (kind == Kind.LAYER) {
      inventory.parameter(name + ".bias", size);
    }
  }

  /** The normed array, same shape and type. */
  public NDArray of(Pass pass, NDArray x) {
    Scope scope = pass.scope();
    NDArray w = pass.parameter(name + ".weight");
    NDArray e = scope.scalar(eps);
    return switch (kind) {
      case RMS -> rms(pass, x, w, e);
      case RMS_PLUS_ONE -> scope.call("rms_norm_plus_one", x, w, e);
      case LAYER -> scope.call("layer_norm", x, w, pass.parameter(name + ".bias"), e);
    };
  }

  private NDArray rms(Pass pass, NDArray x, NDArray w, NDArray e) {
    return pass.tape().isPresent() && pass.writes(name + ".weight")
        ? pass.written("rms_normed", List.of(x), w, e)
        : pass.scope().call("rms_norm", x, w, e);
  }
}
