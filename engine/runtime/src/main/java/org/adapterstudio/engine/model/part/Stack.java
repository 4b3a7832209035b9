package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Layers one after another.
 *
 * @param finalNorm at the end, where the family has one
 * @param projection from the stream's size to the word table's (the smallest OPT)
 */
public record Stack(List<Block> blocks, Optional<Norm> finalNorm, Optional<Linear> projection)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    blocks.forEach(inventory::add);
    inventory.add(finalNorm);
    projection.ifPresent(inventory::linear);
  }

  /**
   * The stream [B, S, D] after all layers.
   *
   * @param tap hears each block's input, then the final state
   */
  public NDArray forward(Pass pass, Frame frame, NDArray h, Consumer<NDArray> tap) {
    for (Block block : blocks) {
      tap.accept(h);
      h = pass.segment(h, (inner, x) -> block.forward(inner, frame, x));
    }
    NDArray last = h;
    NDArray normed = finalNorm.map(norm -> norm.of(pass, last)).orElse(last);
    NDArray projected = projection.map(site -> pass.linear(site, normed)).orElse(normed);
    tap.accept(projected);
    return projected;
  }
}
