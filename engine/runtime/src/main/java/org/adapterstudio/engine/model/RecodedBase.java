package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.PackedWeight;
import org.adapterstudio.engine.model.pass.Parameters;
import org.adapterstudio.engine.quant.Packed;

/**
 * A base some of whose weights are coded anew; the base itself, which others may use, stays.
 *
 * @param codes by the parameter's name
 */
public record RecodedBase(Parameters base, Map<String, Packed> codes) implements Parameters {
  @Override
  public NDArray parameter(String name) {
    if (codes.containsKey(name)) {
      throw new IllegalStateException(name + " is not held in the compute type");
    }
    return base.parameter(name);
  }

  @Override
  public Lent lend(Scope scope, String name) {
    Packed own = codes.get(name);
    return own == null ? base.lend(scope, name) : new Kept.Coded(own).lend(scope, base.compute());
  }

  @Override
  public Optional<PackedWeight> packed(Linear site) {
    return codes.containsKey(site.weightIn(base)) ? Optional.empty() : base.packed(site);
  }

  @Override
  public boolean has(String name) {
    return base.has(name);
  }

  @Override
  public String compute() {
    return base.compute();
  }
}
