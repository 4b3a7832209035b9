package org.adapterstudio.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
      return IntStream.rangeClosed(0, Math.max(largest, stored.size() - 1))
          .mapToObj(Integer::toString)
          .toList();
    }
    return distinct.stream().sorted(java.util.Comparator.comparingInt(Integer::parseInt)).toList();
  }

  /**
   * Where each label of some data stands among a model's classes. Classes without names of their
   * own (LABEL_0, ...) are taken as they come where their number fits.
   */
  static int[] places(List<String> labels, List<String> classes) {
    boolean nameless = classes.stream().allMatch(name -> name.matches("LABEL_\\d+"));
    if (nameless && labels.size() == classes.size()) {
      return IntStream.range(0, labels.size()).toArray();
    }
    return labels.stream().mapToInt(label -> place(label, classes)).toArray();
  }

  private static int place(String label, List<String> classes) {
    if (!classes.contains(label)) {
      throw StudioException.badInput(
          "The data has the class \"%s\", the model only %s.".formatted(label, classes),
          "Take data whose labels are the model's classes.");
    }
    return classes.indexOf(label);
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
