package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.LayerAdapter;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/** One layer's share of a method: its forward, its trained tensors, and what it can become. */
public interface TrainedLayer extends LayerAdapter {
  /** Trained tensors by their file suffix, e.g. {@code lora_A.weight}. */
  SequencedMap<String, NDArray> tensors();

  /** Arrays that are stored with them but not trained, by their file suffix. */
  default SequencedMap<String, Kept> kept() {
    return new LinkedHashMap<>();
  }

  /** The factor s of its low-rank product, where its numbers alone do not hold it. */
  default OptionalDouble scale() {
    return OptionalDouble.empty();
  }

  /** What is added to the bias when the change is merged; the layer need not have one. */
  default Optional<NDArray> biasChange(Pass pass) {
    return Optional.empty();
  }

  /** A plain LoRA that is exactly this change, in float32, where there is one. */
  default Optional<LowRank> plain(Pass pass) {
    return Optional.empty();
  }

  /** What was taken out of the base at the start, s B0 A0, where A and B train on what is left. */
  default Optional<LowRank> taken() {
    return Optional.empty();
  }

  /** Codes that stand for its weight in place of the base's. */
  default Optional<Recoding> recoding() {
    return Optional.empty();
  }

  /** A, B and s whose product dW is, where the method has it as one. */
  default Optional<LowRank> product(Scope scope) {
    return Optional.empty();
  }

  /** Singular values of dW, largest first, where the method has them cheaply. */
  default Optional<NDArray> singularValues(Scope scope) {
    return product(scope)
        .map(dw -> scope.call("low_rank_spectrum", dw.a(), dw.b(), scope.scalar(dw.s())));
  }
}
