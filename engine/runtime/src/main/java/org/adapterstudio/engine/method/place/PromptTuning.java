package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Prompt;

/**
 * Prompt tuning (arXiv:2104.08691): trains n vectors that stand before the words of every row; the
 * model itself is frozen.
 */
public final class PromptTuning implements Method {
  private static final String START = "prompt_tuning_init";

  @Override
  public Attached attach(Attachment at) {
    int count = at.knobs().whole(VirtualTokens.COUNT);
    NDArray rows = started(at, count, VirtualTokens.width(at.base().network()));
    return Attached.nothing().with(prompt(rows)).with(shared(rows));
  }

  /** Vectors that are trained as they are. */
  static Prompt prompt(NDArray rows) {
    return new Prompt.Vectors((int) rows.getShape().get(0), _ -> rows);
  }

  /** What a file holds of them. */
  static Shared shared(NDArray rows) {
    var trained = new LinkedHashMap<String, NDArray>();
    trained.put(VirtualTokens.PROMPT, rows);
    return new Shared(trained, new LinkedHashMap<>());
  }

  private static NDArray started(Attachment at, int count, int width) {
    String start = at.knobs().text(START);
    if (start.equals("TEXT") && !at.start().stored()) {
      throw StudioException.badInput(
          "adapter.knobs.prompt_tuning_init TEXT is only read from stored adapters.",
          "Use SAMPLE_VOCAB to start from the model's own words, or RANDOM.");
    }
    return start.equals("SAMPLE_VOCAB")
        ? sampled(at, count)
        : at.normal(VirtualTokens.PROMPT, "rows", 1, count, width);
  }

  /** Vectors of words drawn from the vocabulary. */
  private static NDArray sampled(Attachment at, int count) {
    var table = VirtualTokens.decoder(at.base().network()).embedding();
    long[] ids = at.random("words").longs(count, 0, table.vocabulary()).toArray();
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray words = at.base().parameter(table.weight());
      NDArray rows = work.call("embed", work.longs(ids, ids.length), words);
      return at.owner().adopt(work.call("copy", work.call("to_float32", rows)));
    }
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    int count = VirtualTokens.knobs(settings).whole(VirtualTokens.COUNT);
    return OptionalLong.of((long) count * VirtualTokens.width(network));
  }

  @Override
  public Map<String, Object> facts(Network network) {
    return VirtualTokens.facts(network, VirtualTokens.width(network), network.sizes().heads());
  }
}
