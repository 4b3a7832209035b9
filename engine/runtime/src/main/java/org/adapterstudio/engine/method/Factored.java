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
public interface Factored extends PlainLayer {
  /** Name of the layer. */
  String module();

  /** Share of the update's inputs set to zero while training. */
  double dropout();

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
}
