package org.adapterstudio.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * Rows of a run in batches that are made when they are asked for, so that of pictures and sounds
 * only one batch is in memory. Safe to use from several threads where making a batch is.
 *
 * @param <B> a batch as the trainer takes it
 */
public final class RowBatches<B> {
  private final Source<?, B> source;
  private final BatchOrder order;

  /** Rows and how some of them become a batch. */
  private record Source<R, B>(Split<R> rows, Function<List<R>, B> join) {
    B train(int[] members) {
      return join.apply(Arrays.stream(members).mapToObj(rows.train()::get).toList());
    }

    B eval(int from, int to) {
      return join.apply(rows.eval().subList(from, to));
    }
  }

  private RowBatches(Source<?, B> source, Recipe.Training training) {
    this.source = source;
    this.order = new BatchOrder(source.rows().train().size(), training);
  }

  static <R, B> RowBatches<B> of(
      Split<R> rows, Recipe.Training training, Function<List<R>, B> join) {
    return new RowBatches<>(new Source<>(rows, join), training);
  }

  /** Micro-batches of one pass over the training rows; the last one may be smaller. */
  public int microBatchesPerEpoch() {
    return order.perEpoch();
  }

  /** Micro-batch number {@code index} of the run, counted from 0 over all epochs. */
  public B microBatch(long index) {
    return source.train(order.members(index));
  }

  /** All held-out rows in file order, a batch at a time; none where none is held out. */
  public Iterable<B> evalBatches(int size) {
    return () ->
        IntStream.range(0, Math.ceilDiv(evalRows(), size))
            .mapToObj(i -> source.eval(i * size, Math.min(evalRows(), (i + 1) * size)))
            .iterator();
  }

  /** Training rows. */
  public int trainRows() {
    return source.rows().train().size();
  }

  /** Held-out rows. */
  public int evalRows() {
    return source.rows().eval().size();
  }
}
