package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.Values;

/**
 * Log-mel frames to a first stream (Whisper, arXiv:2212.04356): two convolutions over three frames,
 * the second of which halves their number, each followed by GELU, then a stored vector for each
 * position.
 *
 * @param first name of a convolution's module, [D, bands, 3]
 * @param second name of a convolution's module, [D, D, 3]
 * @param positions name of the table's module, [length, D]
 * @param bands of the mel spectrogram
 * @param length positions after the second convolution
 * @param size numbers in the stream, D
 */
public record SoundEmbedding(
    String first, String second, String positions, int bands, int length, int size)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.parameter(first + ".weight", size, bands, 3);
    inventory.parameter(first + ".bias", size);
    inventory.parameter(second + ".weight", size, size, 3);
    inventory.parameter(second + ".bias", size);
    inventory.parameter(positions + ".weight", length, size);
  }

  /** Frames that it takes, no more and no less. */
  public int frames() {
    return 2 * length;
  }

  /** The first stream [B, length, D] of frames [B, bands, 2 length]. */
  public NDArray of(Pass pass, Values sound) {
    long[] shape = sound.shape();
    if (shape.length != 3 || shape[1] != bands || shape[2] != frames()) {
      throw StudioException.badInput(
          "input_features has the shape %s; this model takes [rows, %d, %d]."
              .formatted(java.util.Arrays.toString(shape), bands, frames()),
          "Make the features with the settings in its preprocessor_config.json.");
    }
    Scope scope = pass.scope();
    NDArray x = pass.computed(scope.floats(sound.data(), shape));
    NDArray h = convolved(pass, x, first, 1);
    h = convolved(pass, h, second, 2);
    return scope.call("frames", h, pass.parameter(positions + ".weight"));
  }

  private static NDArray convolved(Pass pass, NDArray x, String module, int stride) {
    NDArray w = pass.parameter(module + ".weight");
    NDArray b = pass.parameter(module + ".bias");
    return pass.scope().call("conv_gelu", x, w, b, pass.scope().sizes(stride));
  }
}
