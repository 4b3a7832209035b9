package org.adapterstudio.engine.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.tensor.Values;

/**
 * The weighted sum of plain LoRAs, exactly: sum of w s B A is one product of A's below each other
 * and w s B's beside each other. Ranks add up and may differ; a layer that only some adapters have
 * keeps their rank. The result has alpha = r everywhere.
 */
public final class Concat {
  private Concat() {}

  /**
   * A merge's result, not yet on disk.
   *
   * @param settings plain LoRA with a rank for each module
   * @param tensors by their names in the file
   */
  public record Sum(Recipe.Adapter settings, SequencedMap<String, Values> tensors) {}

  /** The sum of parts; what is no plain LoRA is refused by name. */
  public static Sum of(List<Part> parts) {
    parts.forEach(Concat::requirePlain);
    var byHome = new LinkedHashMap<Update.Home, List<Update>>();
    for (Part part : parts) {
      Update.all(part.adapter())
          .forEach(
              (home, update) ->
                  byHome
                      .computeIfAbsent(home, _ -> new ArrayList<>())
                      .add(update.folded(part.weight())));
    }
    var tensors = new LinkedHashMap<String, Values>();
    var ranks = new LinkedHashMap<String, Integer>();
    byHome.forEach(
        (home, updates) -> {
          Update sum = Update.sum(home, updates);
          tensors.put(home.keyOfA(), sum.a());
          tensors.put(home.keyOfB(), sum.b());
          ranks.put(home.name(), sum.rank());
        });
    parts.forEach(part -> addTables(part, tensors));
    return new Sum(settings(parts, ranks), tensors);
  }

  /** Tables beside their updates are the base's own, so that all adapters hold the same. */
  private static void addTables(Part part, SequencedMap<String, Values> tensors) {
    part.adapter()
        .tensors()
        .forEach(
            (key, table) -> {
              if (Update.isTable(part.adapter(), key)) {
                Values other = tensors.putIfAbsent(key, table);
                if (other != null && !Arrays.equals(other.data(), table.data())) {
                  throw StudioException.badInput(
                      "The adapters hold different tables under " + key + ".",
                      "Merge adapters of the same base.");
                }
              }
            });
  }

  private static void requirePlain(Part part) {
    Recipe.Adapter settings = part.adapter().settings();
    String reason = null;
    if (!List.of("lora", "qlora").contains(settings.method())) {
      reason = "is " + MethodCatalogue.card("adapter", settings.method()).title();
    } else if (!settings.bias().equals("none")) {
      reason = "trains biases (bias = " + settings.bias() + ")";
    } else if (!settings.modulesToSave().isEmpty()) {
      reason = "has modules of its own (" + String.join(", ", settings.modulesToSave()) + ")";
    } else if (changesItsBase(part)) {
      reason = "belongs to a base that its start changed (" + settings.initializer() + ")";
    }
    if (reason != null) {
      throw StudioException.badInput(
          "%s %s; a sum by concatenation holds plain LoRAs alone."
              .formatted(part.adapter().folder(), reason),
          "Export it with --form lora first, or give it alone with weight 1.");
    }
  }

  private static boolean changesItsBase(Part part) {
    return !part.adapter().settings().initializer().equals(Recipe.Adapter.OWN_START)
        && part.adapter().tensors().keySet().stream()
            .anyMatch(key -> key.endsWith(".lora_A0.weight"));
  }

  private static Recipe.Adapter settings(List<Part> parts, Map<String, Integer> ranks) {
    int common = most(ranks);
    var others = new LinkedHashMap<String, Integer>();
    var alphas = new LinkedHashMap<String, Double>();
    ranks.forEach(
        (module, rank) -> {
          if (rank != common) {
            others.put(module, rank);
            alphas.put(module, (double) rank);
          }
        });
    Recipe.Adapter first = parts.getFirst().adapter().settings();
    JsonNode targets = targets(parts, ranks);
    return new Recipe.Adapter(
        "lora",
        common,
        (double) common,
        0.0,
        targets,
        targets.equals(first.targetModules()) ? first.layersToTransform() : null,
        others,
        alphas,
        null,
        null,
        null,
        null);
  }

  private static int most(Map<String, Integer> ranks) {
    var counts = new LinkedHashMap<Integer, Integer>();
    ranks.values().forEach(rank -> counts.merge(rank, 1, Integer::sum));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** The adapters' own words where all mean the same layers, else the layers by their names. */
  private static JsonNode targets(List<Part> parts, Map<String, Integer> ranks) {
    Recipe.Adapter first = parts.getFirst().adapter().settings();
    boolean same =
        parts.stream()
            .map(part -> part.adapter().settings())
            .allMatch(
                other ->
                    words(other.targetModules()).equals(words(first.targetModules()))
                        && java.util.Objects.equals(
                            other.layersToTransform(), first.layersToTransform()));
    return same ? first.targetModules() : Json.tree(List.copyOf(ranks.keySet()));
  }

  /** Lists of names mean the same in any order. */
  private static JsonNode words(JsonNode targets) {
    if (!targets.isArray()) {
      return targets;
    }
    var sorted = new TreeSet<String>();
    targets.forEach(name -> sorted.add(name.asText()));
    var list = JsonNodeFactory.instance.arrayNode();
    sorted.forEach(list::add);
    return list;
  }

  /** What the sum was made of, for the result's README. */
  static String told(List<Part> parts) {
    var lines = new StringBuilder();
    for (Part part : parts) {
      lines.append(
          String.format(Locale.ROOT, "| `%s` | %s |%n", part.adapter().folder(), part.weight()));
    }
    return """
    ---
    base_model: %s
    library_name: peft
    tags:
    - lora
    - merge
    ---

    # Sum of %d adapters

    Made with Adapter Studio by stacking the adapters' factors: exactly the weighted sum of their
    updates, with alpha = r.

    | adapter | weight |
    |---|---|
    %s\
    """
        .formatted(parts.getFirst().adapter().base(), parts.size(), lines);
  }
}
