package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * W = U diag(S) V^T of a layer, the thin one, largest singular value first. Vectors are free in
 * sign: only products may be compared.
 *
 * @param u U [out, n]
 * @param s S [n]
 * @param v V^T [n, in]
 */
public record Singular(NDArray u, NDArray s, NDArray v) {
  /** The decomposition of a layer's W, in float32. */
  public static Singular of(Attachment at, Scope work, Linear site) {
    List<NDArray> parts = work.callAll("factor_svd", List.of(), at.weight(work, site));
    return new Singular(parts.get(0), parts.get(1), parts.get(2));
  }

  /** Triplets from {@code from} up to {@code to}, owned by another scope. */
  public Singular part(Scope owner, int from, int to) {
    return new Singular(
        cut(owner, u, 1, from, to), cut(owner, s, 0, from, to), cut(owner, v, 0, from, to));
  }

  private static NDArray cut(Scope owner, NDArray x, int dimension, int from, int to) {
    return owner.unrecorded().call("factor_part", x, owner.sizes(dimension, from, to));
  }
}
