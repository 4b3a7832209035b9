package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Packed;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.quant.Quantizer;

/**
 * Codes of W - B0 A0 in the place of the codes that a quantized base has of W, so that another
 * update than none brings them back to W. W is what the base's files hold.
 */
public final class Recoding {
  private final BaseModel base;
  private final Linear site;
  private final Scope owner;
  private final boolean derived;
  private final NDArray a;
  private final NDArray b;
  private Packed codes;

  /**
   * Codes that are still to be made.
   *
   * @param a A0 [r, in]
   * @param b B0 [out, r]
   */
  public Recoding(Attachment at, Linear site, NDArray a, NDArray b) {
    this.base = at.base();
    requireCodes(base);
    this.site = site;
    this.owner = at.owner();
    this.derived = !at.start().stored();
    this.a = a;
    this.b = b;
  }

  private static void requireCodes(BaseModel base) {
    if (base.storage().quantization() == Quantization.NONE) {
      throw StudioException.badInput(
          "This adapter belongs to a quantized base, coded anew for it; "
              + base.folder()
              + " is opened whole.",
          "Open it as the adapter was trained, e.g. with --quantization nf4.");
    }
  }

  /** The parameter whose codes these are. */
  public String parameter() {
    return site.weightIn(base);
  }

  /** A0 [r, in]. */
  public NDArray a() {
    return a;
  }

  /** B0 [out, r]. */
  public NDArray b() {
    return b;
  }

  /** Whether A0 and B0 were made here, so that a file may lack them. */
  public boolean derived() {
    return derived;
  }

  /** The codes; made by {@link #make}. */
  public Packed codes() {
    if (codes == null) {
      throw new IllegalStateException("The codes of " + parameter() + " are not made yet");
    }
    return codes;
  }

  /** Makes the codes of W less what A0 and B0 hold now. */
  public void make() {
    codes = of(owner);
  }

  /** What the codes of W less what A0 and B0 hold now stand for, [out, in]. */
  public NDArray decoded(Scope scope) {
    NDArray decoded = of(scope).decode(scope);
    return site.transposed() ? scope.call("transpose", decoded) : decoded;
  }

  private Packed of(Scope to) {
    var quantizer = new Quantizer(base.storage().quantization(), to);
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray rest = work.call("start_minus", whole(work), product(work));
      return site.transposed()
          ? quantizer.packTransposed(work.call("transpose", rest), site.out(), site.in())
          : quantizer.pack(rest, site.out(), site.in());
    }
  }

  private NDArray product(Scope work) {
    return work.call("low_rank_product", a, b, work.scalar(1));
  }

  private NDArray whole(Scope work) {
    Lent stored = base.stored(work, site.weightIn(base));
    return site.transposed() ? work.call("transpose", stored.array()) : stored.array();
  }
}
