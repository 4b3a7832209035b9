package org.adapterstudio.contract.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.json.ResourceFolder;

/** All families on the class path: {@code families/<model_type>.json}. A new one needs no entry. */
public final class ModelFamilies {
  private static final Map<String, ModelFamily> FAMILIES = load();

  private ModelFamilies() {}

  /** Every known {@code model_type}, sorted. */
  public static List<String> keys() {
    return FAMILIES.keySet().stream().sorted().toList();
  }

  /** The family of a {@code model_type}, or nothing. */
  public static Optional<ModelFamily> find(String modelType) {
    return Optional.ofNullable(FAMILIES.get(modelType));
  }

  /** What is said of a {@code model_type} that is none of them. */
  public static Failure unknown(String modelType) {
    return Failure.badInput(
        "model_type \"" + modelType + "\" is not a family this studio knows.",
        "Known: "
            + String.join(", ", keys())
            + ". A model of another family differs in its layers, so it cannot be computed by one"
            + " of these.");
  }

  /** A spec as it is written: its family, and the one it is like. */
  private record Spec(ModelFamily family, String like) {}

  private static Map<String, ModelFamily> load() {
    var specs = new LinkedHashMap<String, Spec>();
    ResourceFolder.read("/families", ModelFamilies::spec)
        .forEach(spec -> specs.put(spec.family().key(), spec));
    var families = new LinkedHashMap<String, ModelFamily>();
    specs.keySet().forEach(key -> families.put(key, resolved(key, specs)));
    return families;
  }

  private static ModelFamily resolved(String key, Map<String, Spec> specs) {
    Spec spec = specs.get(key);
    return spec.like() == null ? spec.family() : spec.family().like(resolved(spec.like(), specs));
  }

  private static Spec spec(Path file) {
    var json = (ObjectNode) Json.read(file);
    JsonNode like = json.remove("like");
    String name = file.getFileName().toString();
    json.put("key", name.substring(0, name.length() - ".json".length()));
    return new Spec(Json.as(json, ModelFamily.class), like == null ? null : like.asText());
  }
}
