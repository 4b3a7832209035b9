package org.adapterstudio.engine.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.train.Rows;

/** The examples of a run, checked, in batches that are a function of their number alone. */
public interface Lesson extends AutoCloseable {
  /** Head that the base must be loaded with. */
  Purpose purpose();

  /** How much there is. */
  Extent extent();

  /**
   * How much there is.
   *
   * @param cutRows training examples that lose their end to the length limit
   * @param skipped examples left out because the recipe skips bad ones
   */
  record Extent(
      int trainRows, int evalRows, int cutRows, int microBatchesPerEpoch, List<BadRow> skipped) {}

  /** Micro-batch number {@code index} of the run, counted from 0 over all epochs. */
  Rows microBatch(long index);

  /** A micro-batch that needs as much memory as any: the longest examples together. */
  default Rows heaviest() {
    return microBatch(0);
  }

  /** How well held-out examples are done; empty where there are none. */
  Optional<Measure> evaluate(AdaptedModel model);

  /** A model's answer to a prompt, where the task has such. */
  default Optional<String> answer(AdaptedModel model, String prompt, int maxTokens) {
    return Optional.empty();
  }

  /** The text wanted of a held-out example, and what a model wrote. */
  record Answered(String wanted, String written) {}

  /** Greedy answers to all held-out examples that ask for text; none where the task has no such. */
  default List<Answered> answers(AdaptedModel model, int maxTokens, LoadProgress progress) {
    return List.of();
  }

  /** Files by name that belong beside a result, such as a chat template the person chose. */
  default Map<String, String> companions() {
    return Map.of();
  }

  @Override
  void close();
}
