package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Prompt;

/**
 * Prefix tuning (arXiv:2101.00190): every layer finds n trained keys and values before its own,
 * which no rotation turns. They are trained as they are, or come out of a small network; an
 * adapter's file holds the finished ones alone.
 *
 * <p>A row [n, L * 2 * G * E] has for each layer first its keys, then its values.
 */
public final class PrefixTuning implements Method {
  private static final String HIDDEN = "encoder_hidden_size";
  private static final String PROJECTED = "prefix_projection";

  @Override
  public Attached attach(Attachment at) {
    Network network = at.base().network();
    int count = at.knobs().whole(VirtualTokens.COUNT);
    int width = width(network);
    if (at.flag(PROJECTED) && !at.start().stored()) {
      return projected(at, count, width);
    }
    int all = 2 * width * layers(network);
    NDArray rows = at.normal("prefix", "rows", 1, count, all);
    Prompt.RowsOfLayer ofLayer =
        (pass, layer) -> pass.scope().call("columns", rows, where(pass, layer, width));
    return Attached.nothing()
        .with(new Prompt.KeysAndValues(count, ofLayer))
        .with(PromptTuning.shared(rows));
  }

  private static Attached projected(Attachment at, int count, int width) {
    int hidden = at.knobs().whole(HIDDEN);
    int all = 2 * width * layers(at.base().network());
    var trained = new LinkedHashMap<String, NDArray>();
    String prefix = "prompt_encoder.";
    trained.put(
        prefix + "embedding.weight", at.normal("prompt_encoder", "embedding", 1, count, width));
    int[] sizes = {width, hidden, all};
    for (int i = 0; i < 2; i++) {
      String layer = prefix + "transform." + 2 * i;
      trained.put(
          layer + ".weight",
          VirtualTokens.uniform(at, layer + ".weight", sizes[i], sizes[i + 1], sizes[i]));
      trained.put(
          layer + ".bias", VirtualTokens.uniform(at, layer + ".bias", sizes[i], sizes[i + 1]));
    }
    List<NDArray> arrays = List.copyOf(trained.values());
    Prompt.RowsOfLayer ofLayer = (pass, layer) -> through(pass, arrays, where(pass, layer, width));
    var result =
        new Shared.Result(
            VirtualTokens.PROMPT, pass -> through(pass, arrays, pass.scope().sizes(0, all)));
    return Attached.nothing()
        .with(new Prompt.KeysAndValues(count, ofLayer))
        .with(new Shared(trained, new LinkedHashMap<>(), Optional.of(result)));
  }

  private static NDArray through(Pass pass, List<NDArray> a, NDArray where) {
    return pass.scope().call("prefix_mlp", a.get(0), a.get(1), a.get(2), a.get(3), a.get(4), where);
  }

  private static NDArray where(Pass pass, int layer, int width) {
    return pass.scope().sizes(2L * width * layer, 2L * width * (layer + 1));
  }

  private static int layers(Network network) {
    return VirtualTokens.decoder(network).stack().blocks().size();
  }

  /** Numbers of a position's keys. */
  private static int width(Network network) {
    Sizes sizes = VirtualTokens.decoder(network).sizes();
    return sizes.keyValueHeads() * sizes.headSize();
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    var knobs = VirtualTokens.knobs(settings);
    long count = knobs.whole(VirtualTokens.COUNT);
    long width = width(network);
    long all = 2 * width * layers(network);
    long hidden = knobs.whole(HIDDEN);
    return OptionalLong.of(
        knobs.flag(PROJECTED)
            ? count * width + (width + 1) * hidden + (hidden + 1) * all
            : count * all);
  }

  @Override
  public Map<String, Object> facts(Network network) {
    return VirtualTokens.facts(network, width(network), network.sizes().keyValueHeads());
  }
}
