package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Prompt;

/**
 * Scaled dot-product attention with grouped queries.
 *
 * @param layer its number in the stack, for the cache
 * @param shape heads, their size, scale and reach
 * @param norms of queries and keys
 * @param rotary where positions turn queries and keys
 * @param bias where distances are added to scores
 */
public record Attention(
    int layer,
    Projections projections,
    Linear output,
    Shape shape,
    QueryKeyNorms norms,
    Optional<Rotary> rotary,
    Optional<RelativeBias> bias)
    implements SelfAttention {
  /**
   * @param headSize numbers in a head, E
   * @param scale that products are multiplied with
   * @param softCap c of c tanh(s / c) over the scores (Gemma 2); 0 is none
   * @param window positions a token may look back, itself included; 0 is unlimited
   */
  public record Shape(
      int heads, int keyValueHeads, int headSize, double scale, double softCap, int window) {}

  /**
   * @param byHead whether each head is normed alone (Qwen 3, Gemma 3) or all heads together (OLMo
   *     2)
   */
  public record QueryKeyNorms(Optional<Norm> query, Optional<Norm> key, boolean byHead) {}

  @Override
  public void list(Inventory inventory) {
    projections.list(inventory);
    inventory.linear(output);
    inventory.add(norms.query());
    inventory.add(norms.key());
    inventory.add(bias);
  }

  @Override
  public NDArray forward(Pass pass, Frame frame, NDArray x) {
    var all = projections.of(pass, x);
    NDArray q = turned(pass, frame, all.query(), norms.query());
    NDArray k = turned(pass, frame, all.key(), norms.key());
    NDArray v = split(pass.scope(), all.value());
    if (frame.begins()
        && pass.weights().prompt().orElse(null) instanceof Prompt.KeysAndValues prompt) {
      NDArray rows = prompt.rows().of(pass, layer);
      k = pass.scope().call("after_prefix", rows, k, pass.scope().scalar(0));
      v = pass.scope().call("after_prefix", rows, v, pass.scope().scalar(1));
    }
    if (frame.cache() != null) {
      k = frame.cache().keys(pass.scope(), layer, k);
      v = frame.cache().values(pass.scope(), layer, v);
    }
    return pass.linear(output, beside(pass, q, attend(pass, frame, q, k, v)));
  }

  /** Adds what the queries find in vectors beside the row, where a method put some there. */
  private NDArray beside(Pass pass, NDArray q, NDArray seen) {
    if (!(pass.weights().prompt().orElse(null) instanceof Prompt.Beside prompt)
        || !prompt.layers().containsKey(layer)) {
      return seen;
    }
    Scope scope = pass.scope();
    Prompt.Gate own = prompt.layers().get(layer);
    var all = projections.of(pass, pass.computed(own.vectors()));
    NDArray k = split(scope, all.key());
    NDArray v = split(scope, all.value());
    return scope.call("beside", seen, q, k, v, own.gate(), scope.scalar(shape.scale()));
  }

  private NDArray heads(Pass pass, NDArray x, Optional<Norm> norm) {
    if (norm.isEmpty()) {
      return split(pass.scope(), x);
    }
    return norms.byHead()
        ? norm.get().of(pass, split(pass.scope(), x))
        : split(pass.scope(), norm.get().of(pass, x));
  }

  /** [B, S, H*E] as [B, H, S, E]. */
  private NDArray split(Scope scope, NDArray x) {
    return scope.call("heads", x, scope.sizes(shape.headSize()));
  }

  /** [B, S, H*E] as [B, H, S, E], normed and turned by the positions. */
  private NDArray turned(Pass pass, Frame frame, NDArray x, Optional<Norm> norm) {
    if (rotary.isEmpty()) {
      return heads(pass, x, norm);
    }
    var angles = frame.angles(rotary.get());
    boolean whole = rotary.get().size() == shape.headSize();
    if (whole && norm.isEmpty() && pass.tape().isPresent() && pass.writes()) {
      NDArray y = pass.written("rotated_heads", List.of(x), angles.cos(), angles.sin());
      pass.spent(x);
      return y;
    }
    String kernel = whole ? "rotate" : "rotate_first";
    return pass.scope().call(kernel, heads(pass, x, norm), angles.cos(), angles.sin());
  }

  private NDArray attend(Pass pass, Frame frame, NDArray q, NDArray k, NDArray v) {
    Scope scope = pass.scope();
    NDArray scale = scope.scalar(shape.scale());
    if (shape.softCap() > 0) {
      NDArray mask = frame.everyMask(shape.window());
      return scope.call("attend_capped", q, k, v, mask, scale, scope.scalar(shape.softCap()));
    }
    if (bias.isPresent()) {
      NDArray mask = frame.biased(pass, bias.get(), shape.window());
      return scope.call("attend_masked", q, k, v, mask, scale);
    }
    Optional<NDArray> mask = frame.mask(shape.window());
    if (mask.isPresent()) {
      return scope.call("attend_masked", q, k, v, mask.get(), scale);
    }
    return scope.call(frame.plainCausal() ? "attend_causal" : "attend_all", q, k, v, scale);
  }
}
