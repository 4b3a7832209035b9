package org.adapterstudio.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** The column names of a data file, read from its first row alone, for mapping them. */
final class DataHead {
  private DataHead() {}

  /** The names; none where the file has no rows with names or cannot be read. */
  static List<String> columns(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    try (var reader = Files.newBufferedReader(file)) {
      String first = reader.readLine();
      while (first != null && first.isBlank()) {
        first = reader.readLine();
      }
      if (first == null) {
        return List.of();
      }
      if (name.endsWith(".csv") || name.endsWith(".tsv")) {
        return Arrays.stream(first.split(separator(first)))
            .map(column -> column.strip().replaceAll("^\"|\"$", ""))
            .toList();
      }
      return name.endsWith(".jsonl") ? names(Json.parse(first, name)) : names(Json.read(file));
    } catch (IOException | StudioException e) {
      return List.of(); // the preview says what is wrong with the file
    }
  }

  private static String separator(String line) {
    return line.contains("\t") ? "\t" : line.contains(";") && !line.contains(",") ? ";" : ",";
  }

  private static List<String> names(JsonNode node) {
    JsonNode row = node.isArray() && !node.isEmpty() ? node.get(0) : node;
    var names = new ArrayList<String>();
    row.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
