package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A layer whose change is exactly s B A, where A and B may be trained, frozen, or computed from
 * what is trained. It says what the two are; the rest follows.
 */
public interface ProductLayer extends TrainedLayer {
  /** Where it sits. */
  Place place();

  /** A, B and s as they are now. */
  LowRank product(Pass pass);

  @Override
  default NDArray forward(Pass pass, Linear site, NDArray x) {
    LowRank now = product(pass);
    Scope scope = pass.scope();
    NDArray y = pass.frozen(site, x);
    return scope.call("lora", place().seen(pass, x), y, now.a(), now.b(), scope.scalar(now.s()));
  }

  @Override
  default Optional<LowRank> lowRank(Pass pass) {
    return place().drops(pass) ? Optional.empty() : Optional.of(product(pass));
  }

  @Override
  default Optional<LowRank> plain(Pass pass) {
    return Optional.of(product(pass));
  }

  @Override
  default Optional<NDArray> change(Pass pass) {
    LowRank now = product(pass);
    NDArray s = pass.scope().scalar(now.s());
    return Optional.of(pass.scope().call("low_rank_product", now.a(), now.b(), s));
  }

  @Override
  default Optional<NDArray> singularValues(Scope scope) {
    LowRank now = product(place().alone(scope));
    return Optional.of(scope.call("low_rank_spectrum", now.a(), now.b(), scope.scalar(now.s())));
  }
}
