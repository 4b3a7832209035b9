package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A table with one vector for each distance between two positions, shared by all layers
 * (arXiv:2006.03654).
 *
 * @param name of its module
 * @param size of a vector
 * @param norm over the vectors, where the family has it
 */
public record RelativePositions(String name, int size, Distances distances, Optional<Norm> norm)
    implements Part {
  /**
   * Which row a distance has.
   *
   * @param span rows for either direction
   * @param buckets rows that distances share by their logarithm; 0 gives each its own
   * @param furthest distance that the last bucket begins at
   */
  public record Distances(int span, int buckets, int furthest) {
    /** Rows [S, S] of the distances from each query to each key. */
    NDArray rows(Scope scope, int length) {
      return scope.call("distance_rows", scope.sizes(length, buckets, furthest, span));
    }
  }

  @Override
  public void list(Inventory inventory) {
    inventory.parameter(weight(), 2L * distances.span(), size);
    inventory.add(norm);
  }

  /** The table as the layers see it [1, 2 * span, D]. */
  NDArray table(Pass pass) {
    NDArray table = pass.scope().call("one_row", pass.parameter(weight()));
    return norm.map(n -> n.of(pass, table)).orElse(table);
  }

  private String weight() {
    return name + ".weight";
  }
}
