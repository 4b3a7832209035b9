package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A layer whose update is exactly a product of two matrices, however they come about: y = W x + b +
 * s B (A dropout(x)). All else follows from the two.
 */
public interface Factored extends TrainedLayer {
  /** Name of the layer. */
  String module();

  /** Share of the update's inputs set to zero while training. */
  double dropout();

  /** A, B and s as they are now; gradients pass through to what they are computed from. */
  LowRank factors(Scope scope);

  @Override
  default NDArray forward(Pass pass, Linear site, NDArray x) {
    Scope scope = pass.scope();
    NDArray y = pass.frozen(site, x);
    LowRank update = factors(scope);
    NDArray s = scope.scalar(update.s());
    if (still(pass)) {
      return scope.call("lora", x, y, update.a(), update.b(), s);
    }
    Autograd.seed(pass.draw().orElseThrow().seedFor(module(), "dropout"));
    return scope.call("lora_dropout", x, y, update.a(), update.b(), s, scope.scalar(dropout()));
  }

  /** Whether nothing is dropped in a pass. */
  default boolean still(Pass pass) {
    return dropout() == 0 || pass.draw().isEmpty();
  }

  @Override
  default Optional<LowRank> lowRank(Pass pass) {
    return still(pass) ? Optional.of(factors(pass.scope())) : Optional.empty();
  }

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
  default Optional<NDArray> singularValues(Scope scope) {
    LowRank update = factors(scope);
    return Optional.of(
        scope.call("low_rank_spectrum", update.a(), update.b(), scope.scalar(update.s())));
  }
}
