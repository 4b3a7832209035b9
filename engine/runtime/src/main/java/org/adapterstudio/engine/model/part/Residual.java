package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A residual branch and its norms: h becomes outer(h + after(branch(before(h)))). Llama has {@code
 * before} alone, BERT {@code outer}, OLMo 2 {@code after}, Gemma 2 {@code before} and {@code
 * after}.
 */
public record Residual(Optional<Norm> before, Optional<Norm> after, Optional<Norm> outer)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.add(before);
    inventory.add(after);
    inventory.add(outer);
  }

  /** The stream after the branch was added. */
  public NDArray around(Pass pass, NDArray stream, UnaryOperator<NDArray> branch) {
    NDArray h = pass.shared(stream);
    NDArray y = branch(pass, h, branch);
    NDArray sum = pass.scope().call("add", h, y);
    pass.spent(y);
    return outer.map(norm -> norm.of(pass, sum)).orElse(sum);
  }

  /** The branch alone, with the norms that belong to it. */
  NDArray branch(Pass pass, NDArray h, UnaryOperator<NDArray> branch) {
    NDArray x = before.map(norm -> norm.of(pass, h)).orElse(h);
    NDArray y = branch.apply(x);
    return after.map(norm -> norm.of(pass, y)).orElse(y);
  }
}
