package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.quant.Packed;

/** A parameter as a base holds it. */
sealed interface Kept {
  /** The parameter in the compute type, for one use. */
  Lent lend(Scope scope, String compute);

  /** In the compute type already. */
  record Resident(NDArray array) implements Kept {
    @Override
    public Lent lend(Scope scope, String compute) {
      return Lent.resident(array);
    }
  }

  /** As codes. */
  record Coded(Packed packed) implements Kept {
    @Override
    public Lent lend(Scope scope, String compute) {
      NDArray wide = packed.decode(scope);
      if (compute.equals("float32")) {
        return new Lent(wide, true);
      }
      NDArray narrow = scope.call("to_" + compute, wide);
      wide.close();
      return new Lent(narrow, true);
    }
  }

  /** As stored: a view of the mapped file. */
  record Stored(NDArray view) implements Kept {
    @Override
    public Lent lend(Scope scope, String compute) {
      NDArray here = scope.call("to_device", view);
      NDArray computed = scope.call("to_" + compute, here);
      here.close();
      return new Lent(computed, true);
    }
  }
}
