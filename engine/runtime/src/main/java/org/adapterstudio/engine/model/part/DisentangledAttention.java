package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Attention whose scores are the sum of content with content, content with position and position
 * with content, over distances instead of positions (DeBERTa, arXiv:2006.03654).
 *
 * @param headSize numbers in a head, E
 * @param positions of the distances between tokens
 */
public record DisentangledAttention(
    Projections projections, Linear output, int headSize, Positions positions)
    implements SelfAttention {
  /**
   * How distances take part.
   *
   * @param key makes keys of them for the queries of tokens (c2p)
   * @param query makes queries of them for the keys of tokens (p2c)
   * @param shared whether both are the layer's own projections of tokens
   */
  public record Positions(
      RelativePositions table, Optional<Linear> key, Optional<Linear> query, boolean shared) {}

  @Override
  public void list(Inventory inventory) {
    projections.list(inventory);
    if (!positions.shared()) {
      positions.key().ifPresent(inventory::linear);
      positions.query().ifPresent(inventory::linear);
    }
    inventory.linear(output);
    inventory.add(positions.table());
  }

  @Override
  public NDArray forward(Pass pass, Frame frame, NDArray x) {
    Scope scope = pass.scope();
    var all = projections.of(pass, x);
    NDArray q = split(scope, all.query());
    NDArray k = split(scope, all.key());
    NDArray scale = scope.scalar(scale());
    NDArray bias = scope.call("scale", distanceScores(pass, frame, q, k), scale);
    NDArray masked = frame.mask(0).map(mask -> scope.call("add", bias, mask)).orElse(bias);
    NDArray seen = scope.call("attend_masked", q, k, split(scope, all.value()), masked, scale);
    return pass.linear(output, seen);
  }

  /** What distances add to the products of tokens [B, H, S, S]. */
  private NDArray distanceScores(Pass pass, Frame frame, NDArray q, NDArray k) {
    Scope scope = pass.scope();
    NDArray table = positions.table().table(pass);
    NDArray rows = frame.rows(positions.table().distances());
    Optional<NDArray> toPosition =
        positions
            .key()
            .map(site -> split(scope, pass.linear(site, table)))
            .map(keys -> scope.call("content_to_position", q, keys, rows));
    Optional<NDArray> toContent =
        positions
            .query()
            .map(site -> split(scope, pass.linear(site, table)))
            .map(queries -> scope.call("position_to_content", k, queries, rows));
    return Stream.of(toPosition, toContent)
        .flatMap(Optional::stream)
        .reduce((a, b) -> scope.call("add", a, b))
        .orElseThrow();
  }

  /** The sum of several products is scaled as one. */
  private double scale() {
    int products =
        1 + (positions.key().isPresent() ? 1 : 0) + (positions.query().isPresent() ? 1 : 0);
    return 1 / Math.sqrt((double) headSize * products);
  }

  /** [B, S, H*E] as [B, H, S, E]. */
  private NDArray split(Scope scope, NDArray x) {
    return scope.call("heads", x, scope.sizes(headSize));
  }
}
