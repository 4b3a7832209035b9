package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;

/**
 * How a trained array's rows go over into those of another array, its rows being counted by rank:
 * those of A, or the columns of B.
 *
 * @param array that is trained from now on
 * @param columns whether its columns count as rows
 * @param map P [k, r], new rows by old ones; empty where new rows only join the old
 */
public record Turn(NDArray array, boolean columns, Optional<NDArray> map) {
  /**
   * Adam's moments of the new array.
   *
   * @param corrections of their biases: 1 - beta^t of the first, of the second
   * @return the first, the second, in the new array's shape
   */
  List<NDArray> moments(Scope scope, NDArray m, NDArray v, NDArray corrections) {
    NDArray way = scope.scalar(columns ? 1 : 0);
    List<NDArray> turned =
        map.map(p -> scope.callAll("moments_turned", List.of(), m, v, p, corrections, way))
            .orElseGet(() -> scope.callAll("moments_extended", List.of(), m, v, rank(scope), way));
    return turned.stream().map(moment -> moment.reshape(array.getShape())).toList();
  }

  private NDArray rank(Scope scope) {
    return scope.scalar(array.getShape().get(columns ? 1 : 0));
  }
}
