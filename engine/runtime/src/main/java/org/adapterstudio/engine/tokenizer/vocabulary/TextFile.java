package org.adapterstudio.engine.tokenizer.vocabulary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.Json;

/** Vocabulary files as text; what is not UTF-8, and names that come twice, are refused. */
final class TextFile {
  private static final long LARGEST = 256L << 20;
  private static final ObjectReader STRICT =
      Json.mapper().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private TextFile() {}

  /** Lines without their ends; a last line break begins no line. */
  static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>(List.of(text(file).split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    return lines;
  }

  /** A JSON object. */
  static JsonNode object(Path file) {
    try {
      JsonNode node = STRICT.readTree(text(file));
      if (node == null || !node.isObject()) {
        throw Refusal.damaged(file, "is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      String words = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw Refusal.damaged(file, "is not valid JSON: " + words, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(small(file));
    } catch (CharacterCodingException e) {
      throw Refusal.damaged(file, "is not UTF-8 text", e);
    } catch (IOException e) {
      throw Refusal.damaged(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(small(file));
    } catch (IOException e) {
      throw Refusal.damaged(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path small(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw Refusal.damaged(file, "is larger than 256 MiB, too large for a vocabulary");
    }
    return file;
  }
}
