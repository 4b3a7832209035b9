package org.adapterstudio.engine.model;

import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.quant.Quantization;

/**
 * How a base is held while it is used.
 *
 * @param compute type the forward pass works in: float32, bfloat16 or float16
 * @param quantization of the layers' weights
 * @param offload whether the layers' weights stay where they are stored and are converted or moved
 *     one after another, each time they are used
 */
public record Storage(String compute, Quantization quantization, boolean offload) {
  public Storage {
    if (!List.of("float32", "bfloat16", "float16").contains(compute)) {
      throw StudioException.badInput(
          "\"" + compute + "\" is not a compute dtype.", "Use float32, bfloat16 or float16.");
    }
    if (offload && quantization != Quantization.NONE) {
      throw StudioException.badInput(
          "training.offload and model.quantization " + quantization.key() + " exclude each other.",
          "Codes are small enough to stay in memory: switch training.offload off.");
    }
  }

  /** Every weight in the compute type, in memory (or mapped, where it is stored so). */
  public static Storage plain(String compute) {
    return new Storage(compute, Quantization.NONE, false);
  }

  /** What a recipe asks for. */
  public static Storage of(Recipe recipe) {
    return new Storage(
        recipe.model().dtype(),
        Quantization.of(recipe.model().quantization()),
        recipe.training().offload());
  }

  /** Bytes of a parameter of this shape in the compute type. */
  long bytes(long[] shape) {
    return Arrays.stream(shape).reduce(width(), Math::multiplyExact);
  }

  /** Bytes of a number in the compute type. */
  public int width() {
    return compute.equals("float32") ? 4 : 2;
  }

  /** Whether a stored type is the compute type, so that mapped weights are used as they are. */
  boolean storedAs(String dtype) {
    return switch (dtype) {
      case "F32" -> compute.equals("float32");
      case "BF16" -> compute.equals("bfloat16");
      case "F16" -> compute.equals("float16");
      default -> false;
    };
  }

  /** Whether layers' weights are made anew for each use. */
  public boolean lends() {
    return offload || quantization != Quantization.NONE;
  }
}
