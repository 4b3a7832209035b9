package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.model.part.Activation;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Norm;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * A logit for each token at each position: decoder(norm(act(dense x))) + b.
 *
 * @param decoder tied to the word table or with a weight of its own
 * @param bias parameter that is added where the decoder has none of its own
 * @param asModule whether the decoder is a module of the model; DeBERTa's newer head multiplies
 *     with the word table itself
 */
public record MaskedLanguageHead(
    Linear dense,
    Activation activation,
    Norm norm,
    Linear decoder,
    Optional<String> bias,
    boolean asModule)
    implements EncoderHead {
  @Override
  public void list(Inventory inventory) {
    inventory.linear(dense);
    inventory.add(norm);
    if (asModule) {
      inventory.linear(decoder);
    }
    bias.ifPresent(name -> inventory.parameter(name, decoder.out()));
  }

  @Override
  public String outputName() {
    return "logits";
  }

  @Override
  public NDArray output(Pass pass, NDArray hidden) {
    return logits(pass, hidden);
  }

  @Override
  public NDArray logits(Pass pass, NDArray states) {
    NDArray x = norm.of(pass, activation.of(pass.scope(), pass.linear(dense, states)));
    NDArray logits = pass.linear(decoder, x);
    return bias.map(name -> pass.scope().call("add", logits, pass.parameter(name))).orElse(logits);
  }

  @Override
  public Targets targets(Tokens in, long[] labels) {
    return Targets.own(labels, decoder.out());
  }

  @Override
  public List<Linear> outputs() {
    return List.of(asModule ? decoder : dense);
  }
}
