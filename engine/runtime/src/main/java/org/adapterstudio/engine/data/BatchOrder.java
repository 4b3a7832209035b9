package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * Which rows each micro-batch of a run holds. Micro-batch i is a function of the number of rows,
 * the batch size, the seed and i alone, so a resumed run needs no replay. Safe to use from several
 * threads.
 */
final class BatchOrder {
  private final int rows;
  private final int batchSize;
  private final long seed;
  private long cachedEpoch = -1;
  private List<int[]> cached;

  BatchOrder(int rows, Recipe.Training training) {
    this.rows = rows;
    this.batchSize = training.perDeviceTrainBatchSize();
    this.seed = training.seed();
  }

  static void requireSize(Recipe.Training training) {
    if (training.perDeviceTrainBatchSize() < 1) {
      throw StudioException.badInput(
          "training.per_device_train_batch_size is " + training.perDeviceTrainBatchSize() + ".",
          "Set it to 1 or more.");
    }
  }

  /** Micro-batches of one pass over the rows; the last one may be smaller. */
  int perEpoch() {
    return Math.ceilDiv(rows, batchSize);
  }

  /** Row numbers of micro-batch {@code index} of the run, counted from 0 over all epochs. */
  int[] members(long index) {
    return cached(index / perEpoch()).get((int) (index % perEpoch()));
  }

  private synchronized List<int[]> cached(long epoch) {
    if (epoch != cachedEpoch) {
      cached = epoch(epoch);
      cachedEpoch = epoch;
    }
    return cached;
  }

  /** The rows of each micro-batch of an epoch: together a permutation of all rows. */
  List<int[]> epoch(long epoch) {
    int[] order = Shuffle.order(rows, seed, epoch);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
    }
    return batches;
  }
}
