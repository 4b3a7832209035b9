package org.adapterstudio.engine.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.adapterstudio.contract.json.Json;

/** One JSON object a line; blank lines are passed over. */
final class JsonLines {
  private static final ObjectReader READER =
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonLines() {}

  static void read(Path file, RowFile.Sink sink) throws IOException {
    TextLines.read(
        file,
        new TextLines.Lines() {
          @Override
          public void line(int number, String text) {
            if (!text.isBlank()) {
              parse(number, text, sink);
            }
          }

          @Override
          public void undecodable(int number) {
            sink.bad(number, "is not UTF-8 text");
          }
        });
  }

  private static void parse(int line, String text, RowFile.Sink sink) {
    try {
      JsonNode node = READER.readTree(text);
      if (node instanceof ObjectNode fields) {
        sink.row(new Row(line, fields));
      } else {
        sink.bad(line, "is not a JSON object");
      }
    } catch (JsonProcessingException e) {
      sink.bad(line, "is not valid JSON: " + reason(e));
    }
  }

  /** The parser's own words, first line only, with the column. */
  static String reason(JsonProcessingException e) {
    String words = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    String brief = words.length() > 160 ? words.substring(0, 160) + "..." : words;
    return e.getLocation() == null
        ? brief
        : brief + " (column " + e.getLocation().getColumnNr() + ")";
  }
}
