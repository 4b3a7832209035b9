package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * Half the rows in memory at once and as many micro-batches more, so that a step sees the same rows
 * as before.
 *
 * @param micro rows in memory at once
 * @param accumulation micro-batches of one step
 */
public record SmallerBatch(int micro, int accumulation) {
  /** Kind of a failure for lack of memory. */
  public static final String KIND = "out_of_memory";

  /** Words by which engines and systems tell that memory ran out. */
  private static final List<String> WORDS =
      List.of(
          "out of memory",
          "outofmemory",
          "can't allocate memory",
          "cannot allocate memory",
          "not enough memory");

  /** Whether a failure says that memory ran out. */
  public static boolean wanted(Failure failure) {
    if (failure.kind().equals(KIND)) {
      return true;
    }
    String all = (failure.sentence() + " " + failure.detail()).toLowerCase(Locale.ROOT);
    return failure.kind().equals("internal") && WORDS.stream().anyMatch(all::contains);
  }

  /** The next smaller batch of the same effect; none where a single row is in memory already. */
  public static Optional<SmallerBatch> of(int micro, int accumulation) {
    int rows = micro * accumulation;
    for (int next = micro / 2; next >= 1; next--) {
      if (rows % next == 0) {
        return Optional.of(new SmallerBatch(next, rows / next));
      }
    }
    return Optional.empty();
  }

  /** A recipe with this batch and another name. */
  public Recipe in(Recipe recipe, String name) {
    ObjectNode tree = Json.tree(recipe);
    tree.put("name", name);
    tree.withObjectProperty("training")
        .put("per_device_train_batch_size", micro)
        .put("gradient_accumulation_steps", accumulation);
    return Json.as(tree, Recipe.class);
  }
}
