package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A number for each head and distance, added to the scores of attention in place of positions (T5,
 * arXiv:1910.10683). One table serves every layer of a stack.
 *
 * @param name of its module
 * @param buckets of distances
 * @param heads of the layers
 * @param furthest distance from which all fall into the last bucket
 * @param bothWays whether later positions have buckets of their own, as in an encoder
 */
public record RelativeBias(String name, int buckets, int heads, int furthest, boolean bothWays)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.parameter(name + ".weight", buckets, heads);
  }

  /**
   * The bias [1, H, S, T].
   *
   * @param length new positions S
   * @param past positions before them; T = past + S
   */
  NDArray of(Pass pass, int length, int past) {
    Scope scope = pass.scope();
    int exact = (bothWays ? buckets / 2 : buckets) / 2;
    NDArray of = scope.sizes(length, past, (long) past + length, buckets, bothWays ? 1 : 0);
    NDArray span = scope.scalar(Math.log((double) furthest / exact));
    NDArray index = scope.call("relative_buckets", of, span);
    return scope.call("relative_bias", index, pass.parameter(name + ".weight"));
  }
}
