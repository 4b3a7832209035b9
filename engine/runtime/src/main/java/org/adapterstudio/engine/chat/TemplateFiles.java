package org.adapterstudio.engine.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** Where template text comes from: a model folder or the built-in ones. */
final class TemplateFiles {
  /** Names of the built-in templates, in the order they are offered. */
  static final List<String> NAMES =
      List.of(
          "chatml", "llama3", "llama2", "mistral", "gemma", "phi3", "zephyr", "vicuna", "alpaca",
          "plain");

  /** A template's text and the file it came from. */
  record Source(String name, String text) {}

  private TemplateFiles() {}

  /** {@code chat_template.jinja} wins over {@code chat_template} in tokenizer_config.json. */
  static Optional<Source> own(Path folder) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      return Optional.of(new Source(file.toString(), read(file)));
    }
    Path config = folder.resolve("tokenizer_config.json");
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    return chosen(Json.read(config).path("chat_template"))
        .map(text -> new Source(config + " (chat_template)", text));
  }

  /** One text, or a list of named ones of which "default" is meant. */
  private static Optional<String> chosen(JsonNode template) {
    if (template.isTextual()) {
      return Optional.of(template.asText());
    }
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return Optional.of(named.path("template").asText());
      }
    }
    return Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StudioException(
          Failure.badInput(
              file + " cannot be read as UTF-8 text: " + e.getMessage(), "Fetch the file again."),
          e);
    }
  }

  static String builtIn(String name) {
    if (!NAMES.contains(name)) {
      throw StudioException.badInput(
          "There is no built-in chat template \"" + name + "\" (data.chat_template).",
          "Choose one of " + String.join(", ", NAMES) + ".");
    }
    try (InputStream in =
        TemplateFiles.class.getResourceAsStream("/templates/" + name + ".jinja")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StudioException(Failure.internal(e), e);
    }
  }
}
