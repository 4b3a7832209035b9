package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.part.Attention;
import org.adapterstudio.engine.model.part.Block;
import org.adapterstudio.engine.model.part.Projections;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Prompt;

/**
 * LLaMA-Adapter (arXiv:2303.16199): the queries of the last layers also attend to trained vectors
 * beside the row, through the layer's own keys and values, which no rotation turns; a gate that
 * starts at zero lets it in.
 */
public final class AdaptionPrompt implements Method {
  private static final String LAYERS = "adapter_layers";
  private static final String LENGTH = "adapter_len";

  @Override
  public Attached attach(Attachment at) {
    Network network = at.base().network();
    int length = at.knobs().whole(LENGTH);
    var gates = new LinkedHashMap<Integer, Prompt.Gate>();
    var trained = new LinkedHashMap<String, NDArray>();
    adapted(at.knobs(), network)
        .forEach(
            (layer, module) -> {
              NDArray vectors =
                  at.normal(module, "prompt", 1, length, width(network))
                      .reshape(1, length, width(network));
              var gate = new Prompt.Gate(vectors, at.zeros(1));
              gates.put(layer, gate);
              trained.put(Attached.PREFIX + module + ".adaption_gate", gate.gate());
              trained.put(Attached.PREFIX + module + ".adaption_prompt", vectors);
            });
    var nothingKept = new LinkedHashMap<String, Kept>();
    return Attached.nothing().with(new Prompt.Beside(gates)).with(new Shared(trained, nothingKept));
  }

  /** Attention modules of the last layers, by layer. */
  private static SequencedMap<Integer, String> adapted(KnobValues knobs, Network network) {
    List<Block> blocks = VirtualTokens.decoder(network).stack().blocks();
    int count = knobs.whole(LAYERS);
    if (count > blocks.size()) {
      throw StudioException.badInput(
          "adapter.knobs.adapter_layers is %d; the model has %d layers."
              .formatted(count, blocks.size()),
          "Use 1 to " + blocks.size() + ".");
    }
    var modules = new LinkedHashMap<Integer, String>();
    for (int i = blocks.size() - count; i < blocks.size(); i++) {
      modules.put(i, module(blocks.get(i)));
    }
    return modules;
  }

  /** Elsewhere than in Llama's attention the reference's files mean something else. */
  private static String module(Block block) {
    if (block.attention() instanceof Attention attention
        && attention.projections() instanceof Projections.Separate separate
        && attention.norms().query().isEmpty()
        && !attention.output().hasBias()) {
      String key = separate.key().module();
      return key.substring(0, key.lastIndexOf('.'));
    }
    throw StudioException.badInput(
        "An adaption prompt needs an attention like Llama's: a layer each for queries, keys and"
            + " values, none of them normed.",
        "Use a Llama or Mistral model, or choose prefix_tuning.");
  }

  private static int width(Network network) {
    return network.sizes().hidden();
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    var knobs = VirtualTokens.knobs(settings);
    long one = (long) knobs.whole(LENGTH) * width(network) + 1;
    return OptionalLong.of(adapted(knobs, network).size() * one);
  }
}
