package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.Network;

/** What the methods that put places before a decoder's rows have in common. */
final class VirtualTokens {
  /** Knob: how many places. */
  static final String COUNT = "num_virtual_tokens";

  /** Name of the finished prompt in a file. */
  static final String PROMPT = Attachment.Start.PROMPT;

  private VirtualTokens() {}

  /** The network, which must be one that has rows to stand before. */
  static CausalLanguageModel decoder(Network network) {
    if (network instanceof CausalLanguageModel model) {
      return model;
    }
    throw StudioException.badInput(
        "A prompt stands before the rows of a decoder; this model is a "
            + network.sizes().modelType()
            + ".",
        "Use a causal language model, or choose another method.");
  }

  /** Numbers of a position where a prompt of vectors stands: those of a word. */
  static int width(Network network) {
    return decoder(network).embedding().size();
  }

  /** The knobs of settings that are only counted. */
  static KnobValues knobs(Recipe.Adapter settings) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return KnobValues.of(List.of(card), settings.knobs());
  }

  /** What PEFT's configs say of the base. */
  static Map<String, Object> facts(Network network, int width, int heads) {
    int layers = decoder(network).stack().blocks().size();
    return Map.of(
        "num_layers", layers,
        "num_attention_heads", heads,
        "num_transformer_submodules", 1,
        "token_dim", width);
  }

  /** Uniform numbers up to 1 / sqrt(in), as a linear layer starts. */
  static NDArray uniform(Attachment at, String name, int in, long... shape) {
    RandomGenerator random = at.random(name);
    int size = 1;
    for (long side : shape) {
      size = Math.multiplyExact(size, (int) side);
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.nextFloat() - 1) / Math.sqrt(in));
    }
    return at.owner().floats(values, shape);
  }
}
