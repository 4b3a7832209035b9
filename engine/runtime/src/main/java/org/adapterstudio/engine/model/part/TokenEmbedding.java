package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Prompt;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Tokens as vectors: word, position and sentence embeddings, whichever the family has.
 *
 * @param word name of the table's module, [vocabulary, size]
 * @param scale that words are multiplied with (Gemma); 1 leaves them
 * @param types table of sentence numbers
 * @param projection from the table's size to the stream's (the smallest OPT)
 */
public record TokenEmbedding(
    String word,
    int vocabulary,
    int size,
    double scale,
    Optional<LearnedPositions> positions,
    Optional<Types> types,
    Optional<Norm> norm,
    Optional<Linear> projection)
    implements Part {
  /** A table of sentence numbers. */
  public record Types(String name, int count) {}

  /** Name of the word table. */
  public String weight() {
    return word + ".weight";
  }

  /** The word table as a layer. */
  public Linear table() {
    return Linear.table(word, vocabulary, size);
  }

  @Override
  public void list(Inventory inventory) {
    inventory.place(table());
    positions.ifPresent(table -> inventory.parameter(table.weight(), table.rows(), table.size()));
    types.ifPresent(table -> inventory.parameter(table.name() + ".weight", table.count(), size));
    inventory.add(norm);
    projection.ifPresent(inventory::linear);
  }

  /** The first stream [B, S, D]. */
  public NDArray of(Pass pass, Tokens in, int past) {
    Scope scope = pass.scope();
    NDArray ids = scope.longs(in.ids(), in.rows(), in.length());
    NDArray h = pass.looked(table(), ids);
    if (scale != 1) {
      h = scope.call("scale", h, scope.scalar(scale));
    }
    if (past == 0 && pass.weights().prompt().orElse(null) instanceof Prompt.Vectors prompt) {
      h = scope.call("after_prompt", h, prompt.rows().of(pass));
    }
    if (types.isPresent()) {
      h = scope.call("add", h, embedded(pass, in, types.get()));
    }
    if (projection.isPresent()) {
      h = pass.linear(projection.get(), h);
    }
    if (positions.isPresent()) {
      h = scope.call("add", h, positions.get().of(pass, in, past));
    }
    return norm.isPresent() ? norm.get().of(pass, h) : h;
  }

  private static NDArray embedded(Pass pass, Tokens in, Types table) {
    long[] types = in.types() == null ? new long[in.ids().length] : in.types();
    NDArray ids = pass.scope().longs(types, in.rows(), in.length());
    return pass.scope().call("embed", ids, pass.parameter(table.name() + ".weight"));
  }
}
