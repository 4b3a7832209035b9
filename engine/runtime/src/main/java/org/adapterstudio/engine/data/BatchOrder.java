package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which examples form a micro-batch: a function of the seed and the batch's number alone, so that a
 * resumed run needs no replay. Safe to use from several threads.
 */
public final class BatchOrder {
  private final int examples;
  private final int batchSize;
  private final long seed;
  private long cachedEpoch = -1;
  private List<int[]> cachedOrder;

  /** An order of {@code examples} in batches of {@code batchSize}. */
  public BatchOrder(int examples, int batchSize, long seed) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Most examples of a micro-batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Micro-batches of one pass over the examples; the last one may be smaller. */
  public int perEpoch() {
    return Math.ceilDiv(examples, batchSize);
  }

  /** Numbers of the examples in micro-batch {@code index}, counted from 0 over all epochs. */
  public int[] members(long index) {
    return cached(index / perEpoch()).get((int) (index % perEpoch()));
  }

  private synchronized List<int[]> cached(long epoch) {
    if (epoch != cachedEpoch) {
      cachedOrder = of(epoch);
      cachedEpoch = epoch;
    }
    return cachedOrder;
  }

  /** The members of each micro-batch of an epoch: together a permutation of all examples. */
  List<int[]> of(long epoch) {
    int[] order = Shuffle.order(examples, seed, epoch);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
    }
    return batches;
  }
}
