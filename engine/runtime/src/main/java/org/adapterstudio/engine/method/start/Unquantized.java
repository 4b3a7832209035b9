package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Quantization;

/** The weights of a quantized base as its files hold them, for starts that repair what was lost. */
final class Unquantized {
  private Unquantized() {}

  /** Refuses a base that is not quantized. */
  static void require(Attachment at) {
    if (at.base().storage().quantization() == Quantization.NONE) {
      throw StudioException.badInput(
          "adapter.initializer \"%s\" repairs a quantized base, and this one is not."
              .formatted(at.settings().initializer()),
          "Set model.quantization, e.g. to nf4.");
    }
  }

  /** W [out, in] of a layer. */
  static NDArray weight(Scope work, Attachment at, Linear site) {
    NDArray stored = at.base().stored(work, site.weightIn(at.base())).array();
    return site.transposed() ? work.call("transpose", stored) : stored;
  }

  /** W - W' [out, in] of a layer, W' being what is left of it in codes. */
  static NDArray lost(Scope work, Attachment at, Linear site) {
    return work.call("start_minus", weight(work, at, site), at.weight(work, site));
  }
}
