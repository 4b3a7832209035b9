package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A kernel on a tape whose gradient is another kernel, NAME_gradient: it takes the output's
 * gradient and what the kernel took, and returns a gradient for each input.
 */
final class Written {
  private Written() {}

  /**
   * @param pass with a tape
   * @param inputs cut
   * @param constants that no gradient passes through
   */
  static NDArray of(Pass pass, String kernel, List<NDArray> inputs, NDArray... constants) {
    Tape tape = pass.tape().orElseThrow();
    var all = new ArrayList<>(inputs);
    all.addAll(Arrays.asList(constants));
    NDArray y = tape.leaf(pass.scope().unrecorded().call(kernel, all.toArray(NDArray[]::new)));
    NDArray[] taken = all.toArray(NDArray[]::new);
    tape.remakes(y, () -> tape.scope().call(kernel, taken));
    all.stream().filter(pass.scope()::owns).forEach(tape::keep);
    tape.onBackward(
        () -> {
          NDArray g = tape.gradient(y);
          all.addFirst(g);
          var gradients =
              tape.scope().callAll(kernel + "_gradient", List.of(), all.toArray(NDArray[]::new));
          for (int i = 0; i < inputs.size(); i++) {
            tape.add(inputs.get(i), gradients.get(i));
          }
          g.close();
          y.close();
        });
    return y;
  }
}
