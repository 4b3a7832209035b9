package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.PeftForm;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Initializer;

/** {@code adapter_config.json} of Hugging Face PEFT, read and written as the cards say. */
final class PeftConfig {
  /** Fields that say the same in every method's config, or nothing that changes its numbers. */
  private static final Set<String> COMMON =
      Set.of(
          "peft_type",
          "peft_version",
          "base_model_name_or_path",
          "task_type",
          "inference_mode",
          "auto_mapping",
          "revision",
          "target_modules",
          "modules_to_save",
          "bias",
          "fan_in_fan_out",
          "layers_to_transform",
          "layers_pattern",
          "rank_pattern",
          "alpha_pattern",
          "exclude_modules",
          "megatron_core",
          "init_weights",
          "num_layers",
          "num_attention_heads",
          "num_transformer_submodules",
          "token_dim",
          // How a start was made: nothing, where init_lora_weights does not ask for it.
          "corda_config",
          "eva_config",
          "lora_ga_config",
          "loftq_config");

  /** Where the settings of a method stand that PEFT does not know. */
  private static final String OWN = "adapter_studio";

  private PeftConfig() {}

  /** The adapter settings of a config; what this studio does not know is refused by name. */
  static Recipe.Adapter read(Path file) {
    JsonNode json = Json.read(file);
    if (json.has(OWN)) {
      return Json.as(json.path(OWN), Recipe.Adapter.class);
    }
    MethodCard card = card(file, json);
    Optional<MethodCard> initializer = mostAsked("initializer", json);
    refuseUnknown(file, json, card, initializer);
    PeftForm form = card.peft();
    var knobs = new LinkedHashMap<>(knobs(form, json));
    initializer.ifPresent(start -> knobs.putAll(knobs(start.peft(), json)));
    return new Recipe.Adapter(
        card.key(),
        whole(form.rank(), json),
        real(form.alpha(), json),
        form.dropout() == null ? Double.valueOf(0) : real(form.dropout(), json),
        json.get("target_modules"),
        layers(json.path("layers_to_transform")),
        ranks(form, json.path("rank_pattern")),
        map(json.path("alpha_pattern"), Double.class),
        strings(json.path("modules_to_save")),
        json.path("bias").asText("none"),
        knobs,
        initializer.map(MethodCard::key).orElse(null));
  }

  private static MethodCard card(Path file, JsonNode json) {
    return mostAsked("adapter", json)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "%s: peft_type \"%s\" is not supported yet."
                        .formatted(file, json.path("peft_type").asText()),
                    "Supported: " + String.join(", ", types()) + "."));
  }

  private static Set<String> types() {
    return MethodCatalogue.cards("adapter").stream()
        .filter(card -> card.peft() != null)
        .map(card -> card.peft().type())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The card of a kind whose form fits and asks for most. */
  private static Optional<MethodCard> mostAsked(String kind, JsonNode json) {
    return MethodCatalogue.cards(kind).stream()
        .filter(card -> card.peft() != null && card.peft().fits(json))
        .max(Comparator.comparingInt(card -> card.peft().when().size()));
  }

  private static void refuseUnknown(
      Path file, JsonNode json, MethodCard card, Optional<MethodCard> initializer) {
    json.properties()
        .forEach(
            field -> {
              boolean known = known(field.getKey(), field.getValue(), card);
              known |=
                  initializer.isPresent()
                      && known(field.getKey(), field.getValue(), initializer.get());
              if (!known && says(field.getValue())) {
                throw StudioException.badInput(
                    "%s: %s is %s, which is not supported for %s."
                        .formatted(file, field.getKey(), field.getValue(), card.title()),
                    "Save the adapter without it, or convert it where it was trained.");
              }
            });
  }

  private static boolean known(String field, JsonNode value, MethodCard card) {
    PeftForm form = card.peft();
    return COMMON.contains(field)
        || field.equals(form.rank())
        || field.equals(form.alpha())
        || field.equals(form.dropout())
        || form.when().keySet().stream().anyMatch(path -> first(path).equals(field))
        || form.knobs().values().stream().anyMatch(path -> first(path).equals(field))
        || value.equals(form.writes().get(field));
  }

  private static String first(String path) {
    return path.split("[.=]")[0];
  }

  /** Whether a value switches something on. */
  private static boolean says(JsonNode value) {
    boolean off = value.isNull() || value.isBoolean() && !value.asBoolean();
    return !off && !(value.isContainerNode() && value.isEmpty());
  }

  private static Map<String, JsonNode> knobs(PeftForm form, JsonNode json) {
    var knobs = new LinkedHashMap<String, JsonNode>();
    form.knobs()
        .forEach(
            (knob, field) -> {
              JsonNode value = PeftForm.knob(json, field);
              if (!value.isMissingNode() && !value.isNull()) {
                knobs.put(knob, value);
              }
            });
    return knobs;
  }

  /**
   * What a config says of the base.
   *
   * @param name where to find it
   * @param task PEFT's word for what it is used for; null where PEFT has none
   * @param transposed whether adapted layers keep their weights as [in, out]
   * @param facts what a method's config says of the base besides
   */
  record Base(String name, String task, boolean transposed, Map<String, Object> facts) {}

  /** Every field that PEFT 0.21 writes for a method; of an own method, its settings. */
  static ObjectNode write(Recipe.Adapter settings, Base base) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    PeftForm form = card.peft();
    ObjectNode json = Json.object();
    if (form == null) {
      json.putNull("peft_type");
      json.put("base_model_name_or_path", base.name());
      json.put("task_type", base.task());
      json.set(OWN, Json.tree(settings));
      return json;
    }
    form.writes().forEach((path, value) -> put(json, path, value));
    MethodCatalogue.find("initializer", settings.initializer())
        .filter(initializer -> initializer.peft() != null)
        .filter(_ -> Initializer.of(settings).told(settings))
        .ifPresent(
            initializer -> {
              initializer.peft().writes().forEach((path, value) -> put(json, path, value));
              knobs(json, initializer, settings);
            });
    json.put("base_model_name_or_path", base.name());
    json.put("bias", settings.bias());
    json.put("fan_in_fan_out", base.transposed());
    json.put("inference_mode", true);
    json.put("peft_type", form.type());
    json.put("peft_version", "0.21.0");
    json.put("task_type", base.task());
    json.set("target_modules", settings.targetModules());
    json.set("rank_pattern", ranks(form, settings));
    json.set("alpha_pattern", Json.tree(settings.alphaPattern()));
    json.set("modules_to_save", list(settings.modulesToSave()));
    json.set("layers_to_transform", Json.tree(settings.layersToTransform()));
    put(json, form.rank(), Json.tree(settings.rank()));
    put(json, form.alpha(), number(settings.alpha()));
    put(json, form.dropout(), Json.tree(settings.dropout()));
    knobs(json, card, settings);
    json.remove(form.lacks());
    base.facts().forEach((field, value) -> put(json, field, Json.tree(value)));
    return json;
  }

  private static void knobs(ObjectNode json, MethodCard card, Recipe.Adapter settings) {
    PeftForm form = card.peft();
    form.when().entrySet().stream()
        .filter(asked -> !asked.getValue().isTextual() || !json.has(asked.getKey()))
        .forEach(asked -> put(json, asked.getKey(), asked.getValue()));
    card.knobs().stream()
        .filter(knob -> form.knobs().containsKey(knob.key()))
        .forEach(
            knob -> {
              JsonNode given = settings.knobs().get(knob.key());
              JsonNode value = given == null ? Json.tree(knob.initial()) : given;
              // PEFT's own silence about a list is null.
              value = value.isArray() && value.isEmpty() ? Json.mapper().nullNode() : value;
              String field = form.knobs().get(knob.key());
              if (!PeftForm.inText(field)) {
                put(json, field, value);
              } else if (!value.equals(Json.tree(knob.initial()))) {
                put(json, first(field), PeftForm.text(field, value));
              }
            });
  }

  private static void put(ObjectNode json, String path, JsonNode value) {
    if (path == null) {
      return;
    }
    int dot = path.lastIndexOf('.');
    ObjectNode place =
        dot < 0 ? json : json.withObject("/" + path.substring(0, dot).replace('.', '/'));
    // A card's own node must not be written into.
    place.set(path.substring(dot + 1), value == null ? null : value.deepCopy());
  }

  /** Ranks by layer; where PEFT lists which of a layer's ranks survived, as many are true. */
  private static JsonNode ranks(PeftForm form, Recipe.Adapter settings) {
    if (form.survivors() == null) {
      return Json.tree(settings.rankPattern());
    }
    ObjectNode lists = Json.object();
    settings
        .rankPattern()
        .forEach(
            (module, rank) -> {
              var list = lists.putArray(module + "." + form.survivors());
              for (int i = 0; i < Math.max(rank, settings.rank()); i++) {
                list.add(i < rank);
              }
            });
    return lists.isEmpty() ? lists.nullNode() : lists;
  }

  private static Map<String, Integer> ranks(PeftForm form, JsonNode pattern) {
    if (form.survivors() == null) {
      return map(pattern, Integer.class);
    }
    var ranks = new LinkedHashMap<String, Integer>();
    String suffix = "." + form.survivors();
    map(pattern, Boolean[].class).forEach((name, survived) -> requireSome(name, survived));
    map(pattern, Boolean[].class)
        .forEach(
            (name, survived) ->
                ranks.put(
                    name.endsWith(suffix)
                        ? name.substring(0, name.length() - suffix.length())
                        : name,
                    (int) Stream.of(survived).filter(is -> is).count()));
    return ranks;
  }

  private static void requireSome(String name, Boolean[] survived) {
    if (Stream.of(survived).noneMatch(is -> is)) {
      throw StudioException.badInput(
          "rank_pattern leaves " + name + " no rank at all.",
          "That layer changes nothing: take it out of target_modules, rank_pattern and the"
              + " weights.");
    }
  }

  private static JsonNode list(List<String> names) {
    return names.isEmpty() ? Json.mapper().nullNode() : Json.tree(names);
  }

  /** PEFT divides by r in integers where it can; a whole alpha stays whole. */
  private static NumericNode number(double value) {
    var factory = Json.mapper().getNodeFactory();
    return value == Math.rint(value) ? factory.numberNode((long) value) : factory.numberNode(value);
  }

  private static Integer whole(String field, JsonNode json) {
    return field == null || !PeftForm.at(json, field).isNumber()
        ? null
        : PeftForm.at(json, field).asInt();
  }

  private static Double real(String field, JsonNode json) {
    return field == null || !PeftForm.at(json, field).isNumber()
        ? null
        : PeftForm.at(json, field).asDouble();
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
