package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;

/** The states themselves, as a model without a head answers. */
public record NoHead() implements EncoderHead {
  @Override
  public void list(Inventory inventory) {}

  @Override
  public String outputName() {
    return "last_hidden_state";
  }

  @Override
  public NDArray output(Pass pass, NDArray hidden) {
    return hidden;
  }

  @Override
  public NDArray logits(Pass pass, NDArray states) {
    throw headless();
  }

  @Override
  public Targets targets(Tokens in, long[] labels) {
    throw headless();
  }

  @Override
  public List<Linear> outputs() {
    return List.of();
  }

  private static StudioException headless() {
    return StudioException.badInput(
        "This model has no head, so there is nothing that labels could train.",
        "Use a model whose config.json names an architecture for classification or masked LM.");
  }
}
