package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Quantization;

/** The weights of a quantized base as its files hold them, for starts that repair what was lost. */
final class Unquantized implements AutoCloseable {
  private final BaseModel files;
  private int left;

  private Unquantized(BaseModel files, int left) {
    this.files = files;
    this.left = left;
  }

  /** Those of a base that is quantized; another is refused. */
  static Unquantized of(Attachment at) {
    if (at.base().storage().quantization() == Quantization.NONE) {
      throw StudioException.badInput(
          "adapter.initializer \"%s\" repairs a quantized base, and this one is not."
              .formatted(at.settings().initializer()),
          "Set model.quantization, e.g. to nf4.");
    }
    var storage = Storage.plain("float32");
    return new Unquantized(
        BaseModel.load(at.base().folder(), storage, at.base().purpose()), at.targets().size());
  }

  /** W - W' [out, in] of a layer, W' being what is left of it in codes. */
  NDArray lost(Scope work, Attachment at, Linear site) {
    try (Lent stored = files.lend(work, site.weightIn(files));
        NDArray coded = at.weight(work, site)) {
      NDArray wide = work.call("to_float32", stored.array());
      NDArray whole = site.transposed() ? work.call("transpose", wide) : wide;
      return work.call("start_minus", whole, coded);
    }
  }

  /** One layer is done; after the last the files are closed. */
  @Override
  public void close() {
    if (--left == 0) {
      files.close();
    }
  }
}
