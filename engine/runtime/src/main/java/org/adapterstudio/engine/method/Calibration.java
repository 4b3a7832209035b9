package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/** Sample rows sent through the base before anything is trained. */
public interface Calibration {
  /** Batches there are; numbers beyond them begin again. */
  int batches();

  /**
   * How a batch is looked at.
   *
   * @param trained whether only positions whose label is trained count, not prompts
   * @param apart whether each row is handed over by itself
   */
  record View(boolean trained, boolean apart) {
    /** Every real position, all rows together. */
    public static final View EVERYTHING = new View(false, false);
  }

  /**
   * Hands over what layers read in one batch, padding left out.
   *
   * @param observer gets a layer and its input [N, in] in float32, which ends with the call
   */
  void inputs(List<Linear> sites, int batch, View view, BiConsumer<Linear, NDArray> observer);

  /** The same rows through the base with these updates of layers, by their modules. */
  Calibration through(Map<String, LowRank> updates);

  /** The mean over all batches of the loss's gradient for each layer's W [out, in], in float32. */
  List<NDArray> gradients(Scope owner, List<Linear> sites);
}
