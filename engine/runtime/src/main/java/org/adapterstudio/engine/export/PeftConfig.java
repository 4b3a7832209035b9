package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;

/** {@code adapter_config.json} of Hugging Face PEFT, read and written. */
final class PeftConfig {
  private static final List<String> UNSUPPORTED =
      List.of("use_dora", "lora_bias", "use_qalora", "use_bdlora");

  private PeftConfig() {}

  /** The adapter settings of a config; features this studio cannot compute are refused by name. */
  static Recipe.Adapter read(Path file) {
    JsonNode json = Json.read(file);
    String type = json.path("peft_type").asText("");
    if (!type.equals("LORA")) {
      throw StudioException.badInput(
          file + ": peft_type \"" + type + "\" is not supported yet.", "Supported: LORA.");
    }
    for (String feature : UNSUPPORTED) {
      if (json.path(feature).asBoolean(false)) {
        throw StudioException.badInput(
            file + ": " + feature + " is switched on, which is not supported yet.",
            "Only plain and rank-stabilised LoRA are.");
      }
    }
    int rank = json.path("r").asInt(8);
    Map<String, JsonNode> knobs = new LinkedHashMap<>();
    knobs.put("use_rslora", Json.tree(json.path("use_rslora").asBoolean(false)));
    return new Recipe.Adapter(
        "lora",
        rank,
        json.path("lora_alpha").asDouble(8),
        json.path("lora_dropout").asDouble(0),
        json.path("target_modules"),
        layers(json.path("layers_to_transform")),
        map(json.path("rank_pattern"), Integer.class),
        map(json.path("alpha_pattern"), Double.class),
        strings(json.path("modules_to_save")),
        json.path("bias").asText("none"),
        knobs);
  }

  /**
   * What a config says of the base.
   *
   * @param name where to find it
   * @param task PEFT's word for what it is used for; null where PEFT has none
   * @param transposed whether adapted layers keep their weights as [in, out]
   */
  record Base(String name, String task, boolean transposed) {}

  /** Every field PEFT 0.21 writes for a LoRA. */
  static ObjectNode write(Recipe.Adapter settings, Base base) {
    ObjectNode json = Json.object();
    for (String empty :
        List.of(
            "alora_invocation_tokens",
            "arrow_config",
            "auto_mapping",
            "corda_config",
            "eva_config",
            "exclude_modules",
            "kasa_config",
            "layer_replication",
            "layers_pattern",
            "layers_to_transform",
            "lora_ga_config",
            "megatron_config",
            "modules_to_save",
            "monteclora_config",
            "revision",
            "target_parameters",
            "trainable_token_indices",
            "use_bdlora",
            "velora_config")) {
      json.putNull(empty);
    }
    json.put("base_model_name_or_path", base.name());
    json.put("bias", settings.bias());
    json.put("ensure_weight_tying", false);
    json.put("fan_in_fan_out", base.transposed());
    json.put("inference_mode", true);
    json.put("init_lora_weights", true);
    json.putObject("loftq_config");
    json.put("lora_alpha", number(settings.alpha()));
    json.put("lora_bias", false);
    json.put("lora_dropout", settings.dropout());
    json.put("megatron_core", "megatron.core");
    json.put("peft_type", "LORA");
    json.put("peft_version", "0.21.0");
    json.put("qalora_group_size", 16);
    json.put("r", settings.rank());
    json.set("rank_pattern", Json.tree(settings.rankPattern()));
    json.set("alpha_pattern", Json.tree(settings.alphaPattern()));
    json.set("target_modules", settings.targetModules());
    if (!settings.modulesToSave().isEmpty()) {
      json.set("modules_to_save", Json.tree(settings.modulesToSave()));
    }
    if (settings.layersToTransform() != null) {
      json.set("layers_to_transform", Json.tree(settings.layersToTransform()));
    }
    json.put("task_type", base.task());
    json.put("use_dora", false);
    json.put("use_qalora", false);
    JsonNode stabilised = settings.knobs().get("use_rslora");
    json.put("use_rslora", stabilised != null && stabilised.asBoolean());
    return json;
  }

  /** PEFT divides by r in integers where it can; a whole alpha stays whole. */
  private static com.fasterxml.jackson.databind.node.NumericNode numberNode(double value) {
    var factory = Json.mapper().getNodeFactory();
    return value == Math.rint(value) ? factory.numberNode((long) value) : factory.numberNode(value);
  }

  private static java.math.BigDecimal number(double value) {
    return numberNode(value).decimalValue();
  }

  private static List<Integer> layers(JsonNode node) {
    if (node.isIntegralNumber()) {
      return List.of(node.asInt());
    }
    if (!node.isArray()) {
      return null;
    }
    var layers = new ArrayList<Integer>();
    node.forEach(layer -> layers.add(layer.asInt()));
    return layers;
  }

  private static List<String> strings(JsonNode node) {
    var strings = new ArrayList<String>();
    node.forEach(text -> strings.add(text.asText()));
    return strings;
  }

  private static <V> Map<String, V> map(JsonNode node, Class<V> type) {
    var map = new LinkedHashMap<String, V>();
    node.properties().forEach(entry -> map.put(entry.getKey(), Json.as(entry.getValue(), type)));
    return map;
  }
}
