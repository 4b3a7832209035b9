package org.adapterstudio.engine.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** A JSON array of objects, or an object whose field {@code data} holds one. */
final class JsonDocument {
  private JsonDocument() {}

  static void read(Path file, RowFile.Sink sink) throws IOException {
    try (BufferedReader text = Files.newBufferedReader(file)) {
      skipByteOrderMark(text);
      try (JsonParser parser = Json.mapper().createParser(text)) {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY || first == JsonToken.START_OBJECT && toData(parser)) {
          rows(parser, sink);
        } else {
          throw StudioException.badInput(
              file + " holds neither a JSON array nor an object with \"data\".",
              "Write [ {...}, {...} ], or one object a line in a .jsonl file.");
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8 text", e);
    } catch (JsonProcessingException e) {
      // Nothing after the fault can be trusted: rows before it stay, the fault is one bad row.
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      sink.bad(line, "is not valid JSON, nothing after it was read: " + JsonLines.reason(e));
    }
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  private static boolean toData(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = parser.currentName().equals("data");
      if (parser.nextToken() == JsonToken.START_ARRAY && data) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static void rows(JsonParser parser, RowFile.Sink sink) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
      int line = parser.currentTokenLocation().getLineNr();
      JsonNode node = parser.readValueAsTree();
      if (node instanceof ObjectNode fields) {
        sink.row(new Row(line, fields));
      } else {
        sink.bad(line, "is not a JSON object");
      }
    }
  }
}
