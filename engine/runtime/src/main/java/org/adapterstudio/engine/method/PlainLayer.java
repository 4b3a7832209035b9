package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/** A layer whose change is exactly a product of two matrices, however it computes its output. */
public interface PlainLayer extends TrainedLayer {
  /** A, B and s as they are now; gradients pass through to what they are computed from. */
  LowRank factors(Scope scope);

  @Override
  default Optional<LowRank> plain(Pass pass) {
    return Optional.of(factors(pass.scope()));
  }

  @Override
  default Optional<NDArray> change(Pass pass) {
    LowRank update = factors(pass.scope());
    Scope scope = pass.scope();
    return Optional.of(
        scope.call("low_rank_product", update.a(), update.b(), scope.scalar(update.s())));
  }

  @Override
  default Optional<LowRank> product(Scope scope) {
    return Optional.of(factors(scope));
  }
}
