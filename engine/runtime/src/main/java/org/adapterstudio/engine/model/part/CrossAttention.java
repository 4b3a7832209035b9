package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Attention of a decoder's positions to an encoder's states.
 *
 * @param layer its number in the decoder
 * @param headSize numbers in a head, E
 * @param scale that products are multiplied with
 */
public record CrossAttention(
    int layer, Linear query, Linear key, Linear value, Linear output, int headSize, double scale)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.linear(query);
    inventory.linear(key);
    inventory.linear(value);
    inventory.linear(output);
  }

  /** Output [B, S, D] for normed input [B, S, D]. */
  NDArray forward(Pass pass, Memory memory, NDArray x) {
    Scope scope = pass.scope();
    NDArray q = heads(scope, pass.linear(query, x));
    var all =
        memory.of(
            layer,
            () -> {
              List<NDArray> both = pass.linears(List.of(key, value), memory.states());
              return new Memory.KeyValue(
                  heads(scope, both.getFirst()), heads(scope, both.getLast()));
            });
    NDArray by = scope.scalar(scale);
    Optional<NDArray> mask = memory.mask();
    NDArray seen =
        mask.isPresent()
            ? scope.call("attend_masked", q, all.key(), all.value(), mask.get(), by)
            : scope.call("attend_all", q, all.key(), all.value(), by);
    return pass.linear(output, seen);
  }

  /** [B, S, D] as [B, H, S, E]. */
  private NDArray heads(Scope scope, NDArray x) {
    return scope.call("heads", x, scope.sizes(headSize));
  }
}
