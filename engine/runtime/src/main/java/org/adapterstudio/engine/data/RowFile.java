package org.adapterstudio.engine.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * A data file read row by row: JSONL, JSON (an array, or an object with {@code data}), CSV, TSV or
 * TXT, told apart by the name's ending. A byte order mark is tolerated.
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

  /** Reads the whole file; a missing file or an unknown ending is bad input. */
  static RowFile read(Path file) {
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
        case "csv" -> DelimitedText.read(file, ',', sink);
        case "tsv", "tab" -> DelimitedText.read(file, '\t', sink);
        case "txt", "md" -> Paragraphs.read(file, sink);
        default ->
            throw StudioException.badInput(
                file + " has an ending that is not known.",
                "Use .jsonl, .json, .csv, .tsv or .txt.");
      }
    } catch (IOException e) {
      throw new StudioException(
          Failure.badInput(
              file + " cannot be read: " + e.getMessage(), "Check the file and its permissions."),
          e);
    }
    return new RowFile(file, sink.rows, sink.bad, List.copyOf(sink.columns));
  }
}
