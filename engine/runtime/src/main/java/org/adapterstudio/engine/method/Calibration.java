package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.BiConsumer;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;

/** Sample rows sent through the base before anything is trained. */
public interface Calibration {
  /**
   * Hands over what layers read, batch after batch, padding left out.
   *
   * @param observer gets a layer and its input [N, in] in float32, which ends with the batch
   */
  void inputs(List<Linear> sites, int batches, BiConsumer<Linear, NDArray> observer);

  /** The mean over batches of the loss's gradient for each layer's W [out, in], in float32. */
  List<NDArray> gradients(Scope owner, List<Linear> sites, int batches);
}
