package org.adapterstudio.contract.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;

/**
 * The one JSON dialect of the studio's own files: snake_case names, no nulls, unknown fields kept
 * out.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /** The shared mapper, for callers that need a reader of their own. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Any record as a tree. */
  public static <T extends JsonNode> T tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A tree as a record; a value of the wrong type is bad input. */
  public static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new StudioException(
          org.adapterstudio.contract.Failure.badInput(
              "A value does not fit: " + e.getOriginalMessage(),
              "Correct the field and try again."),
          e);
    }
  }

  /** One line of JSON without line breaks. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not writable as JSON: " + value, e);
    }
  }

  /** JSON for people: indented, newline at the end. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not writable as JSON: " + value, e);
    }
  }

  /** Parses text; the failure names the place the text came from, with line and column. */
  public static JsonNode parse(String text, String from) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MAPPER.missingNode() : node;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
      throw new StudioException(
          org.adapterstudio.contract.Failure.badInput(
              from + where + " is not valid JSON: " + e.getOriginalMessage(),
              "Correct that place and try again."),
          e);
    }
  }

  /** Reads a JSON file of at most 256 MiB as a tree. */
  public static JsonNode read(Path file) {
    try {
      if (Files.size(file) > 256L << 20) {
        throw StudioException.badInput(
            file + " is larger than 256 MiB, too large for a JSON file.", "Choose another file.");
      }
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new StudioException(
          org.adapterstudio.contract.Failure.badInput(
              file + " does not exist.", "Check the path and try again."),
          e);
    } catch (IOException e) {
      throw new StudioException(
          org.adapterstudio.contract.Failure.badInput(
              file + " cannot be read: " + e.getMessage(), "Check the file and its permissions."),
          e);
    }
  }
}
