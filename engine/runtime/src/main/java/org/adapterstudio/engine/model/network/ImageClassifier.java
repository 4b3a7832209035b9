package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;

/**
 * Says which of its classes a picture belongs to.
 *
 * @param head nothing where the model was saved without one; it then gives the tower's states
 */
public record ImageClassifier(Sizes sizes, ImageTower tower, Optional<Head> head)
    implements Network {
  /**
   * From a picture's vector to a logit for each class.
   *
   * @param labels names of the classes in the order of the logits
   * @param problem {@code single_label_classification}, or another {@code problem_type} whose loss
   *     is not computed
   * @param asked whether a purpose asked for it, so that the folder need not have it
   */
  public record Head(Linear output, List<String> labels, String problem, boolean asked)
      implements Part {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(output);
    }
  }

  @Override
  public Inventory inventory() {
    var inventory = Inventory.of(tower);
    inventory.add(head);
    return inventory;
  }

  @Override
  public Optional<Purpose.Head> headKind() {
    return head.map(_ -> Purpose.Head.CLASSIFICATION);
  }

  @Override
  public List<String> labels() {
    return head.map(Head::labels).orElse(List.of());
  }

  @Override
  public Set<String> replaceable() {
    return head.filter(Head::asked)
        .map(Head::output)
        .map(output -> Set.of(output.weight(), output.bias()))
        .orElse(Set.of());
  }

  @Override
  public List<Linear> heads() {
    return head.map(Head::output).stream().toList();
  }

  /** {@code logits} [B, classes], or {@code last_hidden_state} [B, 1 + P, D] without a head. */
  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    var outputs = new LinkedHashMap<String, NDArray>();
    if (head.isPresent()) {
      outputs.put("logits", logits(pass, in, tap));
    } else {
      NDArray states = tower.states(pass, in.dense(), state -> tap.hear("hidden_states", state));
      outputs.put("last_hidden_state", states);
    }
    return outputs;
  }

  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    int targets = targets(in, labels);
    if (targets == 0) {
      return new Loss(null, 0);
    }
    NDArray wanted = pass.scope().longs(labels, labels.length);
    NDArray logits = logits(pass, in, Tap.NONE);
    return new Loss(pass.scope().call("cross_entropy_sum", logits, wanted), targets);
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return picked(in, labels).count();
  }

  @Override
  public Inputs probe() {
    return Inputs.of(tower.probe());
  }

  private NDArray logits(Pass pass, Inputs in, Tap tap) {
    NDArray pooled = tower.pooled(pass, in.dense(), state -> tap.hear("hidden_states", state));
    return pass.linear(head.orElseThrow(ImageClassifier::headless).output(), pooled);
  }

  /** The pictures that are trained, and what they must be. */
  private Targets picked(Inputs in, long[] labels) {
    Head own = head.orElseThrow(ImageClassifier::headless);
    if (!own.problem().equals(SequenceClassifier.ONE_LABEL)) {
      throw StudioException.badInput(
          "The model's problem_type is "
              + own.problem()
              + ", whose loss this studio does not compute.",
          "Use a model with problem_type " + SequenceClassifier.ONE_LABEL + ".");
    }
    if (in.dense() != null && labels.length != in.dense().shape()[0]) {
      throw StudioException.badInput(
          labels.length + " labels stand beside " + in.dense().shape()[0] + " pictures.",
          "Give each picture one label.");
    }
    return Targets.own(labels, own.labels().size());
  }

  private static StudioException headless() {
    return StudioException.badInput(
        "This model was saved without a classification head.",
        "Train one on your own classes, or take a model whose config.json says"
            + " ForImageClassification.");
  }
}
