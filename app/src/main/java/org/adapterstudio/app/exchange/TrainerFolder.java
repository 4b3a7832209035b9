package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * A folder of the Hugging Face trainer: {@code trainer_state.json} and, of an adapter, {@code
 * adapter_config.json}. What is pickled there is never opened.
 */
final class TrainerFolder {
  static final String STATE = "trainer_state.json";
  private static final String ADAPTER = "adapter_config.json";
  private static final String PICKLED = "training_args.bin";

  private TrainerFolder() {}

  /** The folder itself, or its newest checkpoint, where one of them holds a trainer's state. */
  static Optional<Path> find(Path folder) {
    if (Files.isRegularFile(folder.resolve(STATE))) {
      return Optional.of(folder);
    }
    try (var children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().matches("checkpoint-\\d+"))
          .filter(child -> Files.isRegularFile(child.resolve(STATE)))
          .max(Comparator.comparingInt(TrainerFolder::number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring(11));
  }

  static ForeignRun read(Path folder) {
    JsonNode state = state(folder.resolve(STATE));
    var settings = new ForeignSettings();
    settings(folder, settings);
    var schedule = Json.object();
    List.of("max_steps", "num_train_epochs", "train_batch_size", "eval_steps", "save_steps")
        .stream()
        .filter(state::has)
        .forEach(field -> schedule.set(field, state.get(field)));
    settings.take(schedule);
    if (Files.exists(folder.resolve(PICKLED))) {
      settings.take(Json.object().put(PICKLED, "pickled, not opened"));
    }
    List<ObjectNode> rows = rows(state);
    double seconds = rows.stream().mapToDouble(row -> row.path("train_runtime").asDouble()).sum();
    int total = state.path("max_steps").asInt();
    long ended = modified(folder.resolve(STATE));
    long started = ended - (long) (1000 * seconds);
    rows.forEach(row -> row.put(ForeignRun.ELAPSED, elapsed(row, total, seconds)));
    boolean finished = total > 0 && state.path("global_step").asInt() >= total;
    return new ForeignRun(
        "the Hugging Face trainer", folder, settings, rows, total, started, seconds, finished);
  }

  /** An adapter's own settings, where the folder holds one. */
  static void settings(Path folder, ForeignSettings settings) {
    if (Files.isRegularFile(folder.resolve(ADAPTER))
        && Json.read(folder.resolve(ADAPTER)) instanceof ObjectNode config) {
      ObjectNode told = Json.object();
      config.properties().stream()
          .filter(field -> says(field.getValue()))
          .forEach(field -> told.set(field.getKey(), field.getValue()));
      settings.take(told);
    }
  }

  /** Switches that are off and empty lists are no settings that could be lost. */
  private static boolean says(JsonNode value) {
    boolean off = value.isBoolean() && !value.asBoolean();
    return !off && !(value.isContainerNode() && value.isEmpty());
  }

  /** The log's rows; the trainer tells no times, so steps share the time that all took. */
  static List<ObjectNode> rows(JsonNode state) {
    var rows = new ArrayList<ObjectNode>();
    for (JsonNode row : state.path("log_history")) {
      if (row instanceof ObjectNode object) {
        rows.add(object);
      }
    }
    return rows;
  }

  private static long elapsed(ObjectNode row, int total, double seconds) {
    return total == 0 ? 0 : (long) (1000 * seconds * row.path("step").asInt() / total);
  }

  /** Python writes NaN and Infinity without quotes. */
  static JsonNode state(Path file) {
    try {
      return JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw StudioException.badInput(
          file + " is not valid JSON: " + e.getOriginalMessage() + ".", "Choose another folder.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
