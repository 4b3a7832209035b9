package org.adapterstudio.engine.task;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.train.Rows;

/** Counts how often a classifier is right. */
final class ClassScores {
  private final int[] places;
  private final int[] right;
  private final int[] chosen;
  private final int[] present;
  private double loss;
  private int rows;

  private ClassScores(int[] places, int classes) {
    this.places = places;
    right = new int[classes];
    chosen = new int[classes];
    present = new int[classes];
  }

  /**
   * Loss, accuracy and the unweighted mean of the classes' F1 (0 for a class never chosen).
   *
   * @param batches with one label for each row
   * @param labels names of those labels; the model may have them in another order
   */
  static Optional<Measure> of(AdaptedModel model, Stream<Rows> batches, List<String> labels) {
    List<String> own = model.network().labels();
    var scores = new ClassScores(ClassLabels.places(labels, own), own.size());
    batches.forEach(batch -> scores.add(model, batch));
    return scores.rows == 0 ? Optional.empty() : Optional.of(scores.measure());
  }

  private void add(AdaptedModel model, Rows batch) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray logits =
          model.network().outputs(pass, batch.inputs(), Tap.NONE).firstEntry().getValue();
      long[] labels = Arrays.stream(batch.labels()).map(label -> places[(int) label]).toArray();
      NDArray wanted = scope.longs(labels, labels.length);
      loss += scope.call("cross_entropy_sum", logits, wanted).getFloat();
      long[] largest = scope.call("largest", logits).toLongArray();
      for (int i = 0; i < largest.length; i++) {
        count((int) largest[i], (int) labels[i]);
      }
    }
  }

  private void count(int choice, int label) {
    rows++;
    chosen[choice]++;
    present[label]++;
    right[label] += choice == label ? 1 : 0;
  }

  private Measure measure() {
    int hits = 0;
    double f1 = 0;
    int classes = 0;
    for (int i = 0; i < right.length; i++) {
      hits += right[i];
      int touched = chosen[i] + present[i];
      f1 += touched == 0 ? 0 : 2.0 * right[i] / touched;
      classes += touched == 0 ? 0 : 1;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("accuracy", (double) hits / rows);
    scores.put("macro_f1", f1 / classes);
    return new Measure(loss / rows, scores);
  }
}
