package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Parameters;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Where an adapted layer sits, and what every kind of adapter asks of there.
 *
 * @param base whose layer it is
 * @param dropout share of the adapter's inputs that are set to zero while training
 */
public record Place(Parameters base, Linear site, double dropout) {
  /** The place of a layer under the recipe's dropout. */
  public static Place of(Attachment at, Linear site) {
    return new Place(at.base(), site, at.settings().dropout());
  }

  /** Whether this pass draws which inputs are set to zero. */
  public boolean drops(Pass pass) {
    return dropout > 0 && pass.draw().isPresent();
  }

  /** The input as the adapter sees it. */
  public NDArray seen(Pass pass, NDArray x) {
    if (!drops(pass)) {
      return x;
    }
    Autograd.seed(pass.draw().get().seedFor(site.module(), "dropout"));
    return pass.scope().call("dropped", x, pass.scope().scalar(dropout));
  }

  /** W [out, in] of the base in float32. */
  public NDArray weight(Scope scope) {
    try (Lent stored = base.lend(scope, site.weightIn(base))) {
      NDArray wide = scope.call("to_float32", stored.array());
      if (site.form() instanceof Linear.Window) {
        return scope.call("in_matrix", wide);
      }
      return site.transposed() ? scope.call("transpose", wide) : wide;
    }
  }
}
