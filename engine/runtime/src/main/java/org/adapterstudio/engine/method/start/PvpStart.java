package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;

/**
 * PVP (arXiv:2304.13639): training goes on from a LoRA that was trained before, on another and
 * larger set; its head is left behind. A and B are read from its folder, B times the old scale over
 * the new, so that the first pass is the earlier adapter's.
 */
public final class PvpStart implements Initializer {
  private Recipe.Adapter earlier;
  private boolean stable;
  private Map<String, Values> tensors = Map.of();

  @Override
  public Recipe.Adapter settle(Attachment at) {
    List<String> given = at.knobs().names("from_adapter");
    if (given.size() != 1) {
      throw StudioException.badInput(
          "adapter.knobs.from_adapter names " + given.size() + " folders.",
          "Name the one folder of a LoRA that was trained before.");
    }
    Path folder = Path.of(given.getFirst());
    Path weights = folder.resolve("adapter_model.safetensors");
    if (!Files.exists(weights)) {
      throw StudioException.badInput(
          folder + " holds no adapter_model.safetensors.", "Name a LoRA's folder.");
    }
    JsonNode config = Json.read(folder.resolve("adapter_config.json"));
    check(folder, config);
    stable = config.path("use_rslora").asBoolean();
    earlier = settings(config);
    tensors = read(weights);
    return at.settings();
  }

  /** What a plain A and B would not carry over. */
  private static void check(Path folder, JsonNode config) {
    JsonNode start = config.path("init_lora_weights");
    boolean plain =
        config.path("peft_type").asText().equals("LORA")
            && !config.path("use_dora").asBoolean()
            && (!start.isTextual()
                || List.of("gaussian", "orthogonal", "eva").contains(start.asText()));
    if (!plain) {
      throw StudioException.badInput(
          folder + " is not a plain LoRA on the base itself.",
          "Export it first: studio export RUN --as adapter --form lora.");
    }
  }

  private static Recipe.Adapter settings(JsonNode config) {
    return new Recipe.Adapter(
        "lora",
        config.path("r").asInt(),
        config.path("lora_alpha").asDouble(),
        0.0,
        null,
        null,
        map(config.path("rank_pattern"), JsonNode::asInt),
        map(config.path("alpha_pattern"), JsonNode::asDouble),
        null,
        null,
        null,
        null);
  }

  private static <V> Map<String, V> map(JsonNode node, Function<JsonNode, V> value) {
    var map = new LinkedHashMap<String, V>();
    node.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
    return map;
  }

  private static Map<String, Values> read(Path file) {
    var tensors = new LinkedHashMap<String, Values>();
    try (var stored = SafetensorsFile.open(file)) {
      stored.header().tensors().stream()
          .map(tensor -> tensor.name())
          .filter(name -> name.contains(".lora_A.") || name.contains(".lora_B."))
          .forEach(name -> tensors.put(name, stored.floats(name)));
    }
    return tensors;
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    Values a = tensor(at, site, "lora_A.weight");
    Values b = tensor(at, site, "lora_B.weight");
    if (a.shape()[0] != rank || a.shape()[1] != site.in() || b.shape()[0] != site.out()) {
      throw StudioException.badInput(
          "%s has rank %d and %d inputs in the earlier adapter, and rank %d and %d here."
              .formatted(site.module(), a.shape()[0], a.shape()[1], rank, site.in()),
          "Use the earlier adapter's rank, and its base.");
    }
    double alpha = TargetSelection.alpha(earlier, at.base().network(), site);
    double before = alpha / (stable ? Math.sqrt(rank) : rank);
    Scope owner = at.owner().unrecorded();
    try (NDArray given = owner.floats(b.data(), b.shape())) {
      NDArray scaled = owner.call("start_times", given, owner.scalar(before / s));
      return new Start(owner.floats(a.data(), a.shape()), scaled, false);
    }
  }

  private Values tensor(Attachment at, Linear site, String suffix) {
    String module = at.base().network().inMemory(site.module());
    Values values = tensors.get(Attached.PREFIX + module + "." + suffix);
    if (values == null) {
      throw StudioException.badInput(
          "The earlier adapter has no " + module + "." + suffix + ".",
          "Choose target_modules that it has.");
    }
    return values;
  }
}
