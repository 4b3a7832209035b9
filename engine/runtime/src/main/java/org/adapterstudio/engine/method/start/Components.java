package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.DoubleStream;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Principal components of rows that come in batches, in double precision. A batch joins as [D V; X
 * - mean; a row for the shift of the mean], whose decomposition is that of all rows so far cut to
 * the components that are kept. The largest-magnitude entry of each component is positive.
 */
final class Components {
  private final Scope owner;
  private int count;
  private long seen;

  /** Directions [n, in], singular values [n], mean [in], variance [in], share explained [n]. */
  private List<NDArray> state = List.of();

  private double[] cosines = {};

  /** Rows that are too few for a decomposition by themselves. */
  private NDArray waiting;

  Components(Scope owner, int count) {
    this.owner = owner;
    this.count = count;
  }

  void atLeast(int other) {
    count = Math.max(count, other);
  }

  int count() {
    return count;
  }

  /** Whether there are any yet. */
  boolean known() {
    return !state.isEmpty();
  }

  /** Takes in rows [N, in]; too few of them wait for more. */
  void add(NDArray x) {
    NDArray all = waiting == null ? x : owner.call("start_joined", waiting, x);
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
    if (all.getShape().get(0) < count) {
      waiting = owner.call("copy", all);
    } else {
      join(all);
    }
    if (all != x) {
      all.close();
    }
  }

  private void join(NDArray x) {
    long rows = x.getShape().get(0);
    NDArray keep = owner.scalar(count);
    List<NDArray> next =
        known()
            ? owner.callAll("start_components_on", List.of(state), x, owner.scalar(seen), keep)
            : owner.callAll("start_components", List.of(), x, keep);
    if (known()) {
      try (NDArray turned = owner.call("start_cosines", state.get(0), next.get(0))) {
        cosines = turned.toDoubleArray();
      }
    }
    state.forEach(NDArray::close);
    state = next;
    seen += rows;
  }

  /** Whether the first components kept their direction in the last batch. */
  boolean rests(int first, double tau) {
    return first == 0
        || cosines.length >= first
            && DoubleStream.of(cosines).limit(first).allMatch(cosine -> cosine >= tau);
  }

  /** Share of the variance that each component explains. */
  double[] explained() {
    return state.get(4).toDoubleArray();
  }

  /** The first components in float32, divided by the roots of their values where whitened. */
  NDArray start(Scope to, int rank, boolean whitened) {
    String kernel = whitened ? "start_whitened" : "start_directions";
    return to.call(kernel, state.get(0), state.get(1), to.scalar(rank));
  }
}
