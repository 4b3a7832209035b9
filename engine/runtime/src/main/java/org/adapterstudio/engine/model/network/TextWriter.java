package org.adapterstudio.engine.model.network;

import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Weights;

/** A network that writes text token by token. */
public sealed interface TextWriter extends Network permits CausalLanguageModel, EncoderDecoder {
  /** Whether it answers to text, and not to sound. */
  boolean reads();

  /** Most tokens that an answer to this prompt can have; none or fewer where it fills the model. */
  int room(Inputs prompt);

  /**
   * Begins answers.
   *
   * @param prompt rows of equal length; what an encoder reads, or what is continued
   * @param owner of what is kept from token to token
   */
  Draft begin(Weights weights, Inputs prompt, Scope owner);
}
