package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Frame;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * An encoder whose positions all see each other, and its head.
 *
 * @param replaceable parameters of the head that the folder need not have
 */
public record TextEncoder(
    Sizes sizes, TokenEmbedding embedding, Stack stack, EncoderHead head, Set<String> replaceable)
    implements Network {
  @Override
  public Inventory inventory() {
    return Inventory.of(embedding, stack, head);
  }

  @Override
  public List<Linear> heads() {
    return head.outputs();
  }

  @Override
  public List<String> labels() {
    return head instanceof SequenceClassifier classifier ? classifier.labels() : List.of();
  }

  @Override
  public Optional<Purpose.Head> headKind() {
    return switch (head) {
      case SequenceClassifier _ -> Optional.of(Purpose.Head.CLASSIFICATION);
      case MaskedLanguageHead _ -> Optional.of(Purpose.Head.MASKED_LANGUAGE);
      case NoHead _ -> Optional.empty();
    };
  }

  /**
   * Last states [B, S, D].
   *
   * @param tap hears each block's input, then the last states
   */
  public NDArray hidden(Pass pass, Tokens in, Tap tap) {
    Frame frame = Frame.open(pass.scope(), in, pass.weights().base().compute());
    NDArray first = embedding.of(pass, in, 0);
    return stack.forward(pass, frame, first, state -> tap.hear("hidden_states", state));
  }

  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    var outputs = new LinkedHashMap<String, NDArray>();
    outputs.put(head.outputName(), head.output(pass, hidden(pass, in.text(), tap)));
    return outputs;
  }

  /** The head is computed for the states that count only. */
  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    Targets picked = head.targets(in.text(), labels);
    if (picked.count() == 0) {
      return new Loss(null, 0);
    }
    Scope scope = pass.scope();
    NDArray hidden = hidden(pass, in.text(), Tap.NONE);
    NDArray rows = scope.call("pick_rows", hidden, scope.longs(picked.rows(), picked.count()));
    NDArray wanted = scope.longs(picked.labels(), picked.count());
    NDArray logits = head.logits(pass, rows);
    return new Loss(scope.call("cross_entropy_sum", logits, wanted), picked.count());
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return head.targets(in.text(), labels).count();
  }

  @Override
  public Inputs probe() {
    return Inputs.of(Tokens.probe(Math.min(32, sizes.contextLength()), sizes.vocabulary()));
  }
}
