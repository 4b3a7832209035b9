package org.adapterstudio.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** The classes of a data set in the order of the logits. */
final class ClassLabels {
  private ClassLabels() {}

  /**
   * The base's own order where its config names all labels of the data (or counts as many numbers);
   * else sorted, numbers by value.
   */
  static List<String> of(Collection<String> found, Path model) {
    var distinct = new TreeSet<>(found);
    if (distinct.size() < 2) {
      throw StudioException.badInput(
          "The data has only the label " + distinct + ".", "Give rows of two or more classes.");
    }
    List<String> stored = stored(model);
    if (stored.containsAll(distinct)) {
      return stored;
    }
    boolean numbers = distinct.stream().allMatch(label -> label.matches("\\d{1,6}"));
    if (!numbers) {
      return List.copyOf(distinct);
    }
    int largest = distinct.stream().mapToInt(Integer::parseInt).max().orElse(0);
    if (largest < Math.max(stored.size(), 2 * distinct.size())) {
      return java.util.stream.IntStream.rangeClosed(0, Math.max(largest, stored.size() - 1))
          .mapToObj(Integer::toString)
          .toList();
    }
    return distinct.stream().sorted(java.util.Comparator.comparingInt(Integer::parseInt)).toList();
  }

  /** Names of the base's own classes, in order; empty where it has none. */
  private static List<String> stored(Path model) {
    JsonNode names = Json.read(model.resolve("config.json")).path("id2label");
    var labels = new ArrayList<String>();
    for (int i = 0; names.has(Integer.toString(i)); i++) {
      labels.add(names.path(Integer.toString(i)).asText());
    }
    return labels;
  }
}
