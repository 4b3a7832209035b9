package org.adapterstudio.engine.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * A data file read row by row: JSONL, JSON (an array, or an object with {@code data}), Parquet,
 * CSV, TSV or TXT, told apart by the name's ending. A byte order mark is tolerated.
 *
 * @param file that was read
 * @param rows that could be read, in order
 * @param bad rows that could not, in order
 * @param columns seen in the rows, in order of first appearance
 */
record RowFile(Path file, List<Row> rows, List<BadRow> bad, List<String> columns) {
  private static final int COLUMNS_SHOWN = 200;

  /** Takes up what a reader finds. */
  static final class Sink {
    private final Path file;
    private final List<Row> rows = new ArrayList<>();
    private final List<BadRow> bad = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();

    Sink(Path file) {
      this.file = file;
    }

    void row(Row row) {
      rows.add(row);
      if (columns.size() < COLUMNS_SHOWN) {
        row.fields().fieldNames().forEachRemaining(columns::add);
      }
    }

    void bad(int line, String reason) {
      bad.add(new BadRow(file.toString(), line, "", reason));
    }
  }

  /**
   * Reads the whole file; a missing file or an unknown ending is bad input.
   *
   * @param mapped field to column; where all columns are numbers, a CSV or TSV file has no header
   *     row and its columns are called 1, 2, ...
   */
  static RowFile read(Path file, Map<String, String> mapped) {
    boolean headed = mapped.isEmpty() || !mapped.values().stream().allMatch(RowFile::isNumber);
    if (!Files.isRegularFile(file)) {
      throw StudioException.badInput(
          "The data file " + file + " does not exist.", "Check data.train and data.eval.");
    }
    Sink sink = new Sink(file);
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "jsonl", "ndjson" -> JsonLines.read(file, sink);
        case "json" -> JsonDocument.read(file, sink);
        case "csv" -> DelimitedText.read(file, ',', headed, sink);
        case "tsv", "tab" -> DelimitedText.read(file, '\t', headed, sink);
        case "parquet" -> ParquetRows.read(file, sink);
        case "txt", "md" -> Paragraphs.read(file, sink);
        default ->
            throw StudioException.badInput(
                file + " has an ending that is not known.",
                "Use .jsonl, .json, .parquet, .csv, .tsv or .txt.");
      }
    } catch (IOException e) {
      throw new StudioException(
          Failure.badInput(
              file + " cannot be read: " + e.getMessage(), "Check the file and its permissions."),
          e);
    }
    return new RowFile(file, sink.rows, sink.bad, List.copyOf(sink.columns));
  }

  private static boolean isNumber(String column) {
    return column.matches("[1-9]\\d{0,3}");
  }

  /** Refuses a mapping to a column that no row has. */
  void requireColumns(Map<String, String> mapped) {
    mapped.forEach(
        (field, column) -> {
          boolean there = rows.stream().anyMatch(row -> row.get(column) != null);
          if (!there && !rows.isEmpty()) {
            throw StudioException.badInput(
                "data.columns maps %s to \"%s\", which is no column of %s."
                    .formatted(field, column, file),
                "Its columns are " + String.join(", ", columns) + ".");
          }
        });
  }

  /**
   * The first of some fields that is mapped or has its own column; none of them is bad input.
   *
   * @param fields any of which will do
   */
  String firstOf(List<String> fields, Map<String, String> mapped) {
    if (rows.isEmpty()) {
      return fields.getFirst(); // what is wrong with its rows is said by their own sentences
    }
    return fields.stream()
        .filter(field -> mapped.containsKey(field) || columns.contains(field))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "%s has the columns %s, none of which is called %s."
                        .formatted(file, String.join(", ", columns), String.join(" or ", fields)),
                    howToMap(fields.getFirst())));
  }

  private String howToMap(String field) {
    String name = file.getFileName().toString();
    boolean delimited = name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".tab");
    return "Name its column in data.columns, for example {\"%s\": \"%s\"}%s"
        .formatted(
            field,
            columns.isEmpty() ? "column" : columns.getFirst(),
            delimited
                ? ", or all columns by number where the file has no header: {\"%s\": \"1\"}."
                    .formatted(field)
                : ".");
  }
}
