package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;

/**
 * Settings of another program as far as they mean something in a recipe. What means nothing here is
 * listed by its name there; what they do not say of the recipe is listed too, for a default that
 * nobody chose would look like a choice.
 */
final class ForeignSettings {
  /** Names there, and the recipe's fields; their values mean the same. */
  private static final Map<String, String> SAME = same();

  private final ObjectNode recipe = Json.object();
  private final Set<String> told = new LinkedHashSet<>();
  private final Set<String> unread = new TreeSet<>();

  private static Map<String, String> same() {
    var same = new LinkedHashMap<String, String>();
    same.put("model_name_or_path", "model.path");
    same.put("base_model_name_or_path", "model.path");
    same.put("dataset", "data.train");
    same.put("template", "data.chat_template");
    same.put("cutoff_len", "data.max_length");
    same.put("packing", "data.packing");
    same.put("lora_rank", "adapter.rank");
    same.put("r", "adapter.rank");
    same.put("lora_alpha", "adapter.alpha");
    same.put("lora_dropout", "adapter.dropout");
    same.put("target_modules", "adapter.target_modules");
    same.put("modules_to_save", "adapter.modules_to_save");
    same.put("layers_to_transform", "adapter.layers_to_transform");
    same.put("rank_pattern", "adapter.rank_pattern");
    same.put("alpha_pattern", "adapter.alpha_pattern");
    same.put("bias", "adapter.bias");
    same.put("train_batch_size", "training.per_device_train_batch_size");
    same.put("batch_size", "training.per_device_train_batch_size");
    for (String field :
        List.of(
            "per_device_train_batch_size",
            "gradient_accumulation_steps",
            "max_steps",
            "num_train_epochs",
            "learning_rate",
            "warmup_steps",
            "warmup_ratio",
            "weight_decay",
            "max_grad_norm",
            "eval_steps",
            "save_steps",
            "save_total_limit",
            "seed")) {
      same.put(field, "training." + field);
    }
    return same;
  }

  /** Takes a file of settings; of two files that name the same field the first one counts. */
  ForeignSettings take(ObjectNode settings) {
    settings.properties().forEach(field -> take(field.getKey(), field.getValue()));
    return this;
  }

  private void take(String name, JsonNode value) {
    if (value.isNull() || value.isTextual() && value.asText().isEmpty()) {
      return;
    }
    boolean read =
        switch (name) {
          case "finetuning_type", "peft_type" -> method(value.asText());
          case "use_dora" -> !value.asBoolean() || put("adapter.method", Json.tree("dora"));
          case "use_rslora" -> !value.asBoolean() || put("adapter.knobs.use_rslora", value);
          case "lora_target" -> put("adapter.target_modules", targets(value.asText()));
          case "additional_target" -> put("adapter.modules_to_save", names(value.asText()));
          case "quantization_bit" -> quantization(value.asText());
          case "bf16", "pure_bf16" -> !value.asBoolean() || put("model.dtype", text("bfloat16"));
          case "fp16" -> !value.asBoolean() || put("model.dtype", text("float16"));
          case "compute_type" -> type(value.asText());
          case "val_size" ->
              value.asDouble() < 1 && put("data.eval_fraction", Json.tree(value.asDouble()));
          case "optim" ->
              value.asText().startsWith("adamw") && put("training.optimizer", text("adamw"));
          case "lr_scheduler_type" ->
              List.of("linear", "cosine", "constant").contains(value.asText())
                  && put("training.lr_scheduler_type", value);
          case "max_steps" -> value.asInt() <= 0 || put("training.max_steps", value);
          default -> SAME.containsKey(name) && put(SAME.get(name), plain(value));
        };
    if (!read) {
      unread.add(name);
    }
  }

  private boolean method(String name) {
    String key = name.toLowerCase(java.util.Locale.ROOT);
    boolean known = MethodCatalogue.find("adapter", key).isPresent();
    // DoRA is told by a switch of its own, which may come first.
    return known && (told.contains("adapter.method") || put("adapter.method", text(key)));
  }

  private boolean quantization(String bits) {
    return switch (bits) {
      case "4" -> put("model.quantization", text("nf4-double"));
      case "8" -> put("model.quantization", text("int8"));
      default -> bits.equals("none");
    };
  }

  private boolean type(String name) {
    return switch (name) {
      case "bf16", "pure_bf16" -> put("model.dtype", text("bfloat16"));
      case "fp16" -> put("model.dtype", text("float16"));
      case "fp32" -> put("model.dtype", text("float32"));
      default -> false;
    };
  }

  private static JsonNode targets(String names) {
    return names.equals("all") ? text("all-linear") : names(names);
  }

  private static JsonNode names(String list) {
    return Json.tree(List.of(list.split("\\s*,\\s*")));
  }

  private static JsonNode text(String value) {
    return Json.tree(value);
  }

  /** Numbers may be kept as text, and lists of one file stand for its name. */
  private static JsonNode plain(JsonNode value) {
    if (value.isTextual() && value.asText().matches("[-+]?[0-9.]+([eE][-+]?\\d+)?")) {
      double number = Double.parseDouble(value.asText());
      boolean whole = number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE;
      return whole ? Json.tree((int) number) : Json.tree(number);
    }
    return value;
  }

  /** Whether the recipe takes it; a step count that is a share, for one, means nothing here. */
  private boolean put(String path, JsonNode value) {
    JsonNode fitting = path.equals("data.train") ? text(joined(value)) : value;
    if (told.contains(path) && !path.equals("adapter.method")) {
      return true;
    }
    ObjectNode alone = Json.object();
    set(alone, path, fitting);
    try {
      RecipeFile.parse(alone, path);
    } catch (StudioException e) {
      return false;
    }
    set(recipe, path, fitting);
    told.add(path);
    return true;
  }

  private static void set(ObjectNode root, String path, JsonNode value) {
    String[] parts = path.split("\\.");
    ObjectNode node = root;
    for (int i = 0; i < parts.length - 1; i++) {
      node = node.withObjectProperty(parts[i]);
    }
    node.set(parts[parts.length - 1], value);
  }

  private static String joined(JsonNode names) {
    if (!names.isArray()) {
      return names.asText();
    }
    var all = new java.util.ArrayList<String>();
    names.forEach(name -> all.add(name.asText()));
    return String.join(",", all);
  }

  /** The recipe, as far as it is told. */
  Recipe recipe(String from) {
    return RecipeFile.parse(recipe.deepCopy(), from);
  }

  /** Settings that mean nothing here, by their names there. */
  List<String> unread() {
    return List.copyOf(unread);
  }

  /** Fields of the recipe that nothing was told of. */
  List<String> untold() {
    var untold = new TreeSet<>(SAME.values());
    untold.addAll(
        List.of(
            "adapter.method", "model.dtype", "training.lr_scheduler_type", "training.optimizer"));
    untold.removeAll(told);
    return List.copyOf(untold);
  }
}
