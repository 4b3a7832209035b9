package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Activation;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * One label for a whole text: output(act(dense(first position))).
 *
 * @param labels their names, by number
 * @param problem {@code single_label_classification}, or another {@code problem_type} whose loss is
 *     not computed
 * @param wholeHead whether dense and output are one module of the model (RoBERTa), so that what is
 *     said of the head is said of both
 */
public record SequenceClassifier(
    Linear dense,
    Activation activation,
    Linear output,
    List<String> labels,
    String problem,
    boolean wholeHead)
    implements EncoderHead {
  /** The kind of problem whose loss is the cross-entropy over the labels. */
  public static final String ONE_LABEL = "single_label_classification";

  @Override
  public void list(Inventory inventory) {
    inventory.linear(dense);
    inventory.linear(output);
  }

  @Override
  public String outputName() {
    return "logits";
  }

  @Override
  public NDArray output(Pass pass, NDArray hidden) {
    Scope scope = pass.scope();
    long[] shape = hidden.getShape().getShape();
    long[] first = firsts(IntStream.range(0, (int) shape[0]), (int) shape[1]);
    return logits(pass, scope.call("pick_rows", hidden, scope.longs(first, first.length)));
  }

  @Override
  public NDArray logits(Pass pass, NDArray states) {
    return pass.linear(output, activation.of(pass.scope(), pass.linear(dense, states)));
  }

  @Override
  public Targets targets(Tokens in, long[] labels) {
    if (!problem.equals(ONE_LABEL)) {
      throw StudioException.badInput(
          "The model's problem_type is " + problem + ", whose loss this studio does not compute.",
          "Use a model with problem_type " + ONE_LABEL + ".");
    }
    if (labels.length != in.rows()) {
      throw StudioException.badInput(
          labels.length + " labels stand beside " + in.rows() + " texts.",
          "Give each text one label.");
    }
    Targets trained = Targets.own(labels, this.labels.size());
    IntStream rows = LongStream.of(trained.rows()).mapToInt(Math::toIntExact);
    return new Targets(firsts(rows, in.length()), trained.labels());
  }

  @Override
  public List<Linear> outputs() {
    return wholeHead ? List.of(dense, output) : List.of(output);
  }

  private static long[] firsts(IntStream rows, int length) {
    return rows.mapToLong(row -> (long) row * length).toArray();
  }
}
