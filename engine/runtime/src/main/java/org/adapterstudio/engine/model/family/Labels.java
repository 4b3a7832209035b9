package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Names of a classifier's classes. */
final class Labels {
  /** What transformers takes where a config says nothing. */
  private static final int STANDARD = 2;

  private Labels() {}

  /** The names of {@code id2label} by number, else LABEL_0, LABEL_1, ... */
  static List<String> of(Settings settings) {
    JsonNode named = settings.config().path("id2label");
    if (!named.isObject()) {
      int count = settings.config().path("num_labels").asInt(STANDARD);
      return IntStream.range(0, count).mapToObj(i -> "LABEL_" + i).toList();
    }
    var byNumber = new TreeMap<Integer, String>();
    named
        .properties()
        .forEach(entry -> byNumber.put(number(entry.getKey()), entry.getValue().asText()));
    if (byNumber.isEmpty() || byNumber.firstKey() != 0 || byNumber.lastKey() != named.size() - 1) {
      throw settings.wrong("id2label", "does not count its classes from 0 without a gap");
    }
    return List.copyOf(byNumber.values());
  }

  private static int number(String key) {
    return key.matches("\\d{1,9}") ? Integer.parseInt(key) : -1;
  }
}
