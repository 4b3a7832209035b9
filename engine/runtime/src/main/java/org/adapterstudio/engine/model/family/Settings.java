package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.part.PatchEmbedding;

/**
 * A model folder's config seen through its family's spec. Every missing or wrong value is an error
 * that names the file and the field.
 *
 * @param config the part of config.json that is about this part of the network
 */
record Settings(ModelFamily family, JsonNode config, Path file) {
  /** Reads a model folder's config; an unknown {@code model_type} is refused with the known. */
  static Settings read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.isDirectory(folder)) {
      throw StudioException.badInput(
          folder + " is not a folder.", "Give a Hugging Face model folder.");
    }
    JsonNode config = Json.read(file);
    String type = config.path("model_type").asText("");
    ModelFamily family = ModelFamilies.find(type).orElseThrow(() -> unknown(folder, file, type));
    var settings = new Settings(family, config, file);
    settings.checkRequired();
    return settings;
  }

  private static StudioException unknown(Path folder, Path file, String type) {
    Failure unknown = ModelFamilies.unknown(type);
    return StudioException.badInput(
        file + ": " + unknown.sentence(), unknown.action() + NearestFamily.sentence(folder));
  }

  /** A part of the network with entries of its own, e.g. {@code encoder}. */
  Settings part(String name) {
    var part = family.stacks().get(name);
    boolean own = part != null && part.config() != null;
    if (own && !config.path(part.config()).isObject()) {
      throw wrong(part.config(), "is missing or not an object");
    }
    return new Settings(
        part == null ? family : family.part(name), own ? config.path(part.config()) : config, file);
  }

  /** The same where the model is saved without a head, its modules without the outermost name. */
  Settings bare() {
    return new Settings(family.bare(), config, file);
  }

  /** A positive whole number. */
  int size(String key) {
    int value = value(key).asInt(0);
    if (value < 1 || !value(key).isIntegralNumber()) {
      throw wrong(field(key), "is missing or not a positive whole number");
    }
    return value;
  }

  /** A height and a width: two numbers, or one for both. */
  PatchEmbedding.Size sides(String key) {
    JsonNode value = value(key);
    boolean two = value.isArray() && value.size() == 2;
    int height = (two ? value.get(0) : value).asInt(0);
    int width = (two ? value.get(1) : value).asInt(0);
    if (height < 1 || width < 1) {
      throw wrong(field(key), "is missing or not a positive size in pixels");
    }
    return new PatchEmbedding.Size(height, width);
  }

  /** A positive whole number, or another where the config has none. */
  int size(String key, int otherwise) {
    return absent(key) ? otherwise : size(key);
  }

  /** A whole number of zero or more; 0 where the config has none. */
  int count(String key) {
    int value = value(key).asInt(0);
    if (value < 0) {
      throw wrong(field(key), "is negative");
    }
    return value;
  }

  /** A number, or another where the config has none. */
  double number(String key, double otherwise) {
    if (absent(key)) {
      return otherwise;
    }
    double value = value(key).asDouble(Double.NaN);
    if (!Double.isFinite(value)) {
      throw wrong(field(key), "is not a number");
    }
    return value;
  }

  /** A switch; off where there is none. */
  boolean flag(String key) {
    return value(key).asBoolean(false);
  }

  /** A word, or another where there is none. */
  String text(String key, String otherwise) {
    return absent(key) ? otherwise : value(key).asText(otherwise);
  }

  /** Lower-case words of a list, or of a text that separates them by bars. */
  List<String> words(String key) {
    JsonNode value = value(key);
    var words = new ArrayList<String>();
    value.forEach(word -> words.add(word.asText()));
    return (value.isArray() ? words : List.of(value.asText("").split("\\|")))
        .stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether neither config nor spec says anything. */
  boolean absent(String key) {
    JsonNode value = value(key);
    return value.isMissingNode() || value.isNull();
  }

  /** Name of a module, where the family has it; {i} becomes the layer's number. */
  Optional<String> name(String key, int layer) {
    String name = family.names().get(key);
    return name == null || name.isEmpty()
        ? Optional.empty()
        : Optional.of(name.replace("{i}", Integer.toString(layer)));
  }

  /** Name of a module that the family must have. */
  String name(String key) {
    return name(key, -1)
        .orElseThrow(() -> new IllegalStateException(family.key() + " has no name " + key));
  }

  /** Where a value comes from, for messages: file and field. */
  String source(String key) {
    return file + ": " + field(key);
  }

  /** A bad value of a field. */
  StudioException wrong(String field, String what) {
    return StudioException.badInput(
        file + ": the field " + field + " " + what + ".", "Copy the model's config.json again.");
  }

  /** Token ids of a field that holds one or several. */
  List<Integer> ids(String field) {
    var ids = new ArrayList<Integer>();
    JsonNode node = config.path(field);
    (node.isArray() ? node : List.of(node)).forEach(id -> ids.add(id.asInt(-1)));
    return ids.stream().filter(id -> id >= 0).toList();
  }

  private JsonNode value(String key) {
    JsonNode value = family.shape().get(key);
    return value == null ? MissingNode.getInstance() : resolved(value, 0);
  }

  /**
   * A text that starts with $ names a field, whose default may name another; an object with {@code
   * by} has an entry for each value of a field.
   */
  private JsonNode resolved(JsonNode value, int depth) {
    if (value.isObject()) {
      return chosen((ObjectNode) value, depth);
    }
    if (!value.isTextual() || !value.asText().startsWith("$") || depth > 4) {
      return value;
    }
    String field = value.asText().substring(1);
    JsonNode given = config.path(field);
    if (!given.isMissingNode() && !given.isNull()) {
      return given;
    }
    JsonNode standard = family.defaults().get(field);
    // An explicit null means "none", unless the value follows another field.
    boolean none = standard == null || (given.isNull() && !standard.isTextual());
    return none ? MissingNode.getInstance() : resolved(standard, depth + 1);
  }

  private JsonNode chosen(ObjectNode entries, int depth) {
    JsonNode by = entries.path("by");
    JsonNode entry = entries.path(resolved(by, depth + 1).asText());
    if (entry.isMissingNode()) {
      var known = new ArrayList<String>();
      entries.fieldNames().forEachRemaining(known::add);
      known.remove("by");
      throw StudioException.badInput(
          "%s: %s \"%s\" is not supported."
              .formatted(file, by.asText().substring(1), resolved(by, depth + 1).asText()),
          "Supported: " + String.join(", ", known) + ".");
    }
    return entry;
  }

  /** The field of config.json that a value comes from. */
  String field(String key) {
    JsonNode value = family.shape().get(key);
    return value != null && value.asText().startsWith("$") ? value.asText().substring(1) : key;
  }

  private void checkRequired() {
    family
        .requires()
        .forEach(
            (field, allowed) -> {
              JsonNode given = config.path(field);
              boolean fits = given.isMissingNode() || given.isNull();
              for (JsonNode one : allowed) {
                fits |= one.equals(given);
              }
              if (!fits) {
                throw StudioException.badInput(
                    "%s: %s is %s, which this studio does not compute for %s."
                        .formatted(file, field, given, family.title()),
                    "It computes " + allowed + ".");
              }
            });
  }
}
