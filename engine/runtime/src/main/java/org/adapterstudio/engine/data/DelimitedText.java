package org.adapterstudio.engine.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterstudio.contract.json.Json;

/**
 * CSV or TSV with the column names in the first row, or without names: then columns are called 1,
 * 2, ... Quoted fields may hold line breaks.
 */
final class DelimitedText {
  private static final CsvMapper MAPPER = new CsvMapper();

  private DelimitedText() {}

  static void read(Path file, char separator, boolean headed, RowFile.Sink sink)
      throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    // Tab-separated files of this field do not quote: a quote there is a character like others.
    CsvSchema dialect = separator == '\t' ? schema.withoutQuoteChar() : schema;
    try (BufferedReader text = Files.newBufferedReader(file)) {
      try (CsvParser parser = MAPPER.getFactory().createParser(text)) {
        parser.setSchema(dialect);
        rows(parser, headed, sink);
      }
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8 text", e);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      sink.bad(line, "cannot be read, nor what follows: " + JsonLines.reason(e));
    }
  }

  private static void rows(CsvParser parser, boolean headed, RowFile.Sink sink) throws IOException {
    List<String> header = null;
    // Counted here: the library passes over line breaks inside quotes.
    int next = 1;
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      int line = next;
      List<String> cells = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        cells.add(parser.getText());
      }
      next += 1 + cells.stream().mapToInt(DelimitedText::breaks).sum();
      if (header == null) {
        cells.set(0, withoutMark(cells.getFirst()));
        header = headed ? cells.stream().map(String::strip).toList() : numbered(cells.size());
        if (headed) {
          continue;
        }
      }
      if (cells.size() > header.size()) {
        String first = headed ? "the header" : "the first row";
        sink.bad(line, "has " + cells.size() + " fields, " + first + " has " + header.size());
      } else if (!blank(cells)) {
        sink.row(row(line, header, cells));
      }
    }
  }

  private static int breaks(String cell) {
    return (int) cell.chars().filter(c -> c == '\n').count();
  }

  private static String withoutMark(String cell) {
    return cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
  }

  private static List<String> numbered(int columns) {
    return IntStream.rangeClosed(1, columns).mapToObj(Integer::toString).toList();
  }

  private static boolean blank(List<String> cells) {
    return cells.stream().allMatch(String::isBlank);
  }

  /** Cells that a short row leaves out are absent, not empty. */
  private static Row row(int line, List<String> header, List<String> cells) {
    ObjectNode fields = Json.object();
    for (int i = 0; i < cells.size(); i++) {
      fields.put(header.get(i), cells.get(i));
    }
    return new Row(line, fields);
  }
}
