package org.adapterstudio.contract.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a warning offers to do about what it tells. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Act.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Act.StopKeepBest.class, name = "stop_keep_best"),
  @JsonSubTypes.Type(value = Act.HalveLearningRate.class, name = "halve_learning_rate"),
  @JsonSubTypes.Type(value = Act.PlanRank.class, name = "plan_rank"),
  @JsonSubTypes.Type(value = Act.PlanBatch.class, name = "plan_batch"),
  @JsonSubTypes.Type(value = Act.SkipBatches.class, name = "skip_batches")
})
public sealed interface Act {
  /**
   * Stop, and export the adapter of a kept checkpoint.
   *
   * @param step of the checkpoint
   */
  record StopKeepBest(int step) implements Act {}

  /** Halve the learning rate when the run is resumed. */
  record HalveLearningRate() implements Act {}

  /** Plan a run of the same settings with another rank. */
  record PlanRank(int rank) implements Act {}

  /**
   * Plan a run of the same settings with another split of the same batch.
   *
   * @param rows of a micro-batch
   * @param accumulation micro-batches of a step
   */
  record PlanBatch(int rows, int accumulation) implements Act {}

  /** Resume, and from then on leave out batches whose loss or gradient is no number. */
  record SkipBatches() implements Act {}

  /** An act of a newer studio; not offered. */
  record Unknown() implements Act {}
}
