package org.adapterstudio.contract.library;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** Reads the first row of a file that may hold training data; the rest is the engine's. */
final class DataFile {
  private static final int LONGEST_LINE = 4 << 20;

  private DataFile() {}

  /** The data set; nothing where the file is none of ours. */
  static Optional<DataEntry> read(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!List.of("jsonl", "json", "csv", "parquet").contains(format)
        || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (format.equals("parquet")) {
      return Optional.of(entry(file, format, List.of(), parquetProblem(file)));
    }
    try {
      List<String> columns = columns(file, format);
      return format.equals("json") && columns.isEmpty()
          ? Optional.empty() // a configuration, not a list of rows
          : Optional.of(entry(file, format, columns, problem(columns)));
    } catch (StudioException e) {
      return Optional.of(entry(file, format, List.of(), e.failure().sentence()));
    } catch (IOException e) {
      return format.equals("json")
          ? Optional.empty()
          : Optional.of(entry(file, format, List.of(), "The file cannot be read as UTF-8 text."));
    }
  }

  private static List<String> columns(Path file, String format) throws IOException {
    return switch (format) {
      case "jsonl" -> keys(Json.parse(firstLine(file), file.getFileName().toString()));
      case "csv" -> headings(firstLine(file));
      default -> firstRow(file);
    };
  }

  /** Columns stand in the file's packed footer, which the engine reads; here only its mark. */
  private static String parquetProblem(Path file) {
    try (var in = Files.newInputStream(file)) {
      boolean marked = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("PAR1");
      return marked ? "" : "The file does not begin as Parquet does.";
    } catch (IOException e) {
      return "The file cannot be read.";
    }
  }

  private static String problem(List<String> columns) {
    return columns.isEmpty() ? "The first row is not an object with named fields." : "";
  }

  private static List<String> keys(JsonNode row) {
    var names = new ArrayList<String>();
    row.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> headings(String line) {
    return List.of(line.replace("\"", "").strip().split("\\s*[,;\t]\\s*"));
  }

  /** Keys of the first object of a JSON array, read without the rest of the file. */
  private static List<String> firstRow(Path file) throws IOException {
    try (var parser = Json.mapper().createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.START_OBJECT) {
        return List.of();
      }
      return keys(parser.readValueAsTree());
    }
  }

  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      var line = new StringBuilder();
      for (int c = reader.read(); c >= 0 && line.length() < LONGEST_LINE; c = reader.read()) {
        if (c == '\n' && !line.toString().isBlank()) {
          break;
        }
        line.append((char) c);
      }
      return line.toString();
    }
  }

  private static DataEntry entry(Path file, String format, List<String> columns, String problem) {
    return new DataEntry(
        file, file.getFileName().toString(), format, columns, Weights.size(file), problem);
  }
}
