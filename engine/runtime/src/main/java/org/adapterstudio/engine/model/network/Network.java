package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Weights;

/** A whole network: its parameters, what it makes of inputs, and its loss. Holds no arrays. */
public sealed interface Network
    permits TextWriter, TextEncoder, ImageClassifier, Segmenter, TwinTowers {
  /** Sizes that planning and messages need. */
  Sizes sizes();

  /** All its parts. */
  Inventory inventory();

  /** Outputs by their Hugging Face names, {@code logits} first for all but twin towers. */
  SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap);

  /** A sum of losses and how many targets it is over; null sum where there are none. */
  record Loss(NDArray sum, int targets) {}

  /**
   * Sum of the cross-entropy over every target.
   *
   * @param labels as the reference takes them: [B, S] with -100 where not trained, or [B]
   */
  Loss loss(Pass pass, Inputs in, long[] labels);

  /** Whether a loss needs labels; pairs of a picture and its text are each other's. */
  default boolean labelled() {
    return true;
  }

  /** How many targets a loss is over, without computing it. */
  int targets(Inputs in, long[] labels);

  /** The same with a method's weights, whose prompt may add targets. */
  default int targets(Weights weights, Inputs in, long[] labels) {
    return targets(in, labels);
  }

  /** Every parameter with its shape, in the order of the network. */
  default SequencedMap<String, long[]> parameters() {
    return inventory().parameters();
  }

  /** Every linear layer in the order of the network, the head last. */
  default List<Linear> linears() {
    return inventory().linears();
  }

  /** Every layer a method may act on: tables of words and convolutions, then linear layers. */
  default List<Linear> sites() {
    Inventory all = inventory();
    return Stream.concat(all.places().stream(), all.linears().stream()).toList();
  }

  /** Modules of its norms in the order of the network. */
  default List<String> norms() {
    return inventory().norms();
  }

  /** Fixed inputs of its kind, to compare two networks on. */
  Inputs probe();

  /** Kind of the exchangeable head it has now; empty where it has none. */
  default Optional<Purpose.Head> headKind() {
    return Optional.empty();
  }

  /** Names of its classes in the order of the logits; empty where it has none. */
  default List<String> labels() {
    return List.of();
  }

  /** Parameters that a new purpose may start afresh, because the folder need not have them. */
  default Set<String> replaceable() {
    return Set.of();
  }

  /** Layers that "all-linear" leaves out, because they make the output. */
  List<Linear> heads();

  /**
   * A module's or parameter's name as transformers has it in memory. PEFT attaches there, so its
   * adapters carry these names; for most families they are the file's.
   */
  default String inMemory(String name) {
    return ModelFamilies.find(sizes().modelType())
        .map(family -> family.inMemory(name))
        .orElse(name);
  }

  /** A module's or parameter's name as this network and the file of weights have it. */
  default String onDisk(String name) {
    return ModelFamilies.find(sizes().modelType()).map(family -> family.onDisk(name)).orElse(name);
  }

  /** Number of parameters, tied ones counted once. */
  default long parameterCount() {
    long count = 0;
    for (long[] shape : parameters().values()) {
      count += java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
    return count;
  }
}
