package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * What LyCORIS's methods leave out while they train: rows of the update, and now and then all of
 * it.
 *
 * @param rows share of the update's rows set to zero in a step
 * @param rescaled whether the rows that stay grow in turn
 * @param whole share of the steps in which a layer has no update at all
 */
public record UpdateDropout(double rows, boolean rescaled, double whole) {
  /**
   * The layer's output.
   *
   * @param y of the frozen layer
   * @param update dW x in float32
   */
  public NDArray added(Pass pass, String module, NDArray y, Supplier<NDArray> update) {
    Scope scope = pass.scope();
    if (skipped(pass, module)) {
      return y;
    }
    NDArray u = update.get();
    return scope.call("update_added", y, masked(pass, module, u));
  }

  /** The change of a kernel that is computed with it: dW [out, ...]. */
  public NDArray changed(Pass pass, String module, NDArray change) {
    Scope scope = pass.scope();
    if (skipped(pass, module)) {
      return scope.call("scale", change, scope.scalar(0));
    }
    return rows == 0 || pass.draw().isEmpty()
        ? change
        : scope.call("transpose", masked(pass, module, scope.call("transpose", change)));
  }

  /** An array [..., out] without some of the update's rows. */
  private NDArray masked(Pass pass, String module, NDArray u) {
    if (rows == 0 || pass.draw().isEmpty()) {
      return u;
    }
    Scope scope = pass.scope();
    Autograd.seed(pass.draw().get().seedFor(module, "rank_dropout"));
    return scope.call("update_masked", u, scope.scalar(rows), scope.scalar(rescaled ? 1 : 0));
  }

  private boolean skipped(Pass pass, String module) {
    return whole > 0
        && pass.draw().isPresent()
        && new SplittableRandom(pass.draw().get().seedFor(module, "module_dropout")).nextDouble()
            < whole;
  }
}
