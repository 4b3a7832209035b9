package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Prompt;

/**
 * P-tuning (arXiv:2103.10385): the vectors before every row come out of a small network that is
 * trained with them. An adapter's file holds the finished vectors alone; loaded from there, they
 * are trained as they are.
 */
public final class PTuning implements Method {
  private static final String HIDDEN = "encoder_hidden_size";
  private static final String ENCODER = "encoder_reparameterization_type";

  @Override
  public Attached attach(Attachment at) {
    int count = at.knobs().whole(VirtualTokens.COUNT);
    int width = VirtualTokens.width(at.base().network());
    if (at.start().stored()) {
      NDArray rows = at.zeros(count, width);
      return Attached.nothing().with(PromptTuning.prompt(rows)).with(PromptTuning.shared(rows));
    }
    if (!at.knobs().text(ENCODER).equals("MLP")) {
      throw StudioException.badInput(
          "adapter.knobs." + ENCODER + " LSTM is only read from stored adapters.", "Use MLP.");
    }
    return encoded(at, count, width);
  }

  private static Attached encoded(Attachment at, int count, int width) {
    int hidden = at.knobs().whole(HIDDEN);
    var trained = new LinkedHashMap<String, NDArray>();
    String prefix = "prompt_encoder.";
    trained.put(
        prefix + "embedding.weight", at.normal("prompt_encoder", "embedding", 1, count, width));
    int[] sizes = {width, hidden, hidden, width};
    for (int i = 0; i < 3; i++) {
      String layer = prefix + "mlp_head." + 2 * i;
      trained.put(
          layer + ".weight",
          VirtualTokens.uniform(at, layer + ".weight", sizes[i], sizes[i + 1], sizes[i]));
      trained.put(
          layer + ".bias", VirtualTokens.uniform(at, layer + ".bias", sizes[i], sizes[i + 1]));
    }
    NDArray[] all = trained.values().toArray(NDArray[]::new);
    Prompt.Rows rows = pass -> pass.scope().call("prompt_mlp", all);
    var result = new Shared.Result(VirtualTokens.PROMPT, rows::of);
    return Attached.nothing()
        .with(new Prompt.Vectors(count, rows))
        .with(new Shared(trained, new LinkedHashMap<>(), Optional.of(result)));
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  /** Of a run: vectors [n, D], and layers D x h, h x h, h x D with their biases. */
  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    var knobs = VirtualTokens.knobs(settings);
    long width = VirtualTokens.width(network);
    long hidden = knobs.whole(HIDDEN);
    long layers = 2 * width * hidden + hidden * hidden + 2 * hidden + width;
    return OptionalLong.of(knobs.whole(VirtualTokens.COUNT) * width + layers);
  }

  @Override
  public Map<String, Object> facts(Network network) {
    return VirtualTokens.facts(network, VirtualTokens.width(network), network.sizes().heads());
  }
}
