package org.adapterstudio.engine.task;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.data.BatchOrder;
import org.adapterstudio.engine.data.Split;
import org.adapterstudio.engine.train.Rows;

/**
 * Examples of any kind and how several of them become one batch; made when it is asked for.
 *
 * @param examples to train on and held out
 * @param collate joins the examples of a batch
 */
record Batching<E>(Split<E> examples, BatchOrder order, Collate<E> collate) {
  private static final int EVAL_ROWS = 8;

  /** Joins examples to a batch. */
  @FunctionalInterface
  interface Collate<E> {
    /**
     * The batch of some examples.
     *
     * @param index of the batch, from which any randomness must come: negative for held-out ones
     */
    Rows rows(List<E> examples, long index);
  }

  /** Batches of a recipe's size and seed. */
  static <E> Batching<E> of(Split<E> examples, Recipe.Training training, Collate<E> collate) {
    var order =
        new BatchOrder(
            examples.train().size(), training.perDeviceTrainBatchSize(), training.seed());
    return new Batching<>(examples, order, collate);
  }

  /** Micro-batch number {@code index}, counted from 0 over all epochs. */
  Rows microBatch(long index) {
    int[] members = order.members(index);
    return collate.rows(Arrays.stream(members).mapToObj(examples.train()::get).toList(), index);
  }

  /** The longest examples as one micro-batch. */
  Rows heaviest(ToIntFunction<E> length) {
    var longest =
        examples.train().stream()
            .sorted(Comparator.comparingInt(example -> -length.applyAsInt(example)))
            .limit(order.batchSize())
            .toList();
    return collate.rows(longest, 0);
  }

  /** Held-out examples in file order, each batch made when it is reached. */
  Stream<Rows> heldOut() {
    List<E> eval = examples.eval();
    return IntStream.iterate(0, from -> from < eval.size(), from -> from + EVAL_ROWS)
        .mapToObj(
            from -> {
              int to = Math.min(from + EVAL_ROWS, eval.size());
              return collate.rows(eval.subList(from, to), -1L - from);
            });
  }
}
