package org.adapterstudio.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * Training rows whose answers are dealt out at random: same prompts, same answers, no task left to
 * learn. What an adapter scores after these is what it scores without having understood anything.
 */
final class ShuffledAnswers {
  private ShuffledAnswers() {}

  /** Reads rows of {@code messages} and writes them with their last answers permuted by a seed. */
  static void write(Path rows, Path out, long seed) {
    try {
      List<JsonNode> trees = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(rows)) {
        number++;
        if (!line.isBlank()) {
          trees.add(Json.parse(line, rows + ", line " + number));
        }
      }
      deal(trees, rows, seed);
      Files.createDirectories(out.toAbsolutePath().getParent());
      AtomicFile.write(out, String.join("\n", trees.stream().map(Json::line).toList()) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deal(List<JsonNode> trees, Path rows, long seed) {
    List<ObjectNode> messages = trees.stream().map(tree -> answer(tree, rows)).toList();
    List<JsonNode> answers = new ArrayList<>(messages.stream().map(m -> m.get("content")).toList());
    Collections.shuffle(answers, new Random(seed));
    for (int i = 0; i < messages.size(); i++) {
      messages.get(i).set("content", answers.get(i));
    }
  }

  private static ObjectNode answer(JsonNode row, Path rows) {
    if (row.path("messages") instanceof ArrayNode turns
        && !turns.isEmpty()
        && turns.get(turns.size() - 1) instanceof ObjectNode last
        && last.path("role").asText().equals("assistant")) {
      return last;
    }
    throw StudioException.badInput(
        rows + " has a row that does not end with an assistant's message.",
        "The control needs rows of messages.");
  }
}
