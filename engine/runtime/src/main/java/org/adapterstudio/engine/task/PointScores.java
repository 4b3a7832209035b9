package org.adapterstudio.engine.task;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.train.Rows;

/** Counts points: how much what was found and what is there overlap, class by class. */
final class PointScores {
  private final long[] both;
  private final long[] found;
  private final long[] there;
  private double loss;
  private long points;

  PointScores(int classes) {
    both = new long[classes];
    found = new long[classes];
    there = new long[classes];
  }

  /**
   * Loss, accuracy, and the unweighted means over classes that were found or are there of IoU (both
   * / either) and Dice (2 both / (found + there)).
   *
   * @param batches with one label for each point
   */
  static Optional<Measure> of(AdaptedModel model, Stream<Rows> batches, int classes) {
    var scores = new PointScores(classes);
    batches.forEach(batch -> scores.add(model, batch));
    return scores.points == 0 ? Optional.empty() : Optional.of(scores.measure());
  }

  private void add(AdaptedModel model, Rows batch) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray logits =
          model.network().outputs(pass, batch.inputs(), Tap.NONE).firstEntry().getValue();
      NDArray rows = scope.call("points", logits);
      NDArray wanted = scope.longs(batch.labels(), batch.labels().length);
      loss += scope.call("cross_entropy_sum", rows, wanted).getFloat();
      count(scope.call("largest", rows).toLongArray(), batch.labels());
    }
  }

  /** Counts what was found where something is known. */
  void count(long[] largest, long[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        points++;
        found[(int) largest[i]]++;
        there[(int) labels[i]]++;
        both[(int) labels[i]] += largest[i] == labels[i] ? 1 : 0;
      }
    }
  }

  Measure measure() {
    double iou = 0;
    double dice = 0;
    long right = 0;
    int classes = 0;
    for (int i = 0; i < both.length; i++) {
      long sum = found[i] + there[i];
      right += both[i];
      if (sum > 0) {
        classes++;
        iou += (double) both[i] / (sum - both[i]);
        dice += 2.0 * both[i] / sum;
      }
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("iou", iou / classes);
    scores.put("dice", dice / classes);
    scores.put("accuracy", (double) right / points);
    return new Measure(loss / points, scores);
  }
}
