package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.LayerAdapter;
import org.adapterstudio.engine.model.pass.Pass;

/** One layer's share of a method: its forward, its trained tensors, and what it can become. */
public interface TrainedLayer extends LayerAdapter {
  /** Trained tensors by their file suffix, e.g. {@code lora_A.weight}. */
  SequencedMap<String, NDArray> tensors();

  /** The dense change dW [out, in] in float32, where the method is one that merges. */
  default Optional<NDArray> change(Pass pass) {
    return Optional.empty();
  }

  /** Singular values of dW, largest first, where the method has them cheaply. */
  default Optional<NDArray> singularValues(Scope scope) {
    return Optional.empty();
  }
}
