package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A layer whose change has no thin factors: y = W x + b + dW dropout(x) with dW computed anew from
 * what is trained. It says what dW is; the rest follows.
 */
public interface DenseLayer extends TrainedLayer {
  /** Where it sits. */
  Place place();

  /** dW [out, in] in float32. */
  NDArray delta(Pass pass);

  @Override
  default NDArray forward(Pass pass, Linear site, NDArray x) {
    NDArray y = pass.frozen(site, x);
    return pass.scope().call("added_linear", place().seen(pass, x), y, delta(pass));
  }

  @Override
  default Optional<NDArray> change(Pass pass) {
    return Optional.of(delta(pass));
  }
}
