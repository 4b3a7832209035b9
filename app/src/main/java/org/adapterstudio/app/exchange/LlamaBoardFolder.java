package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * A folder that LLaMA Board left, {@code saves/<model>/<method>/train_<time>}: {@code
 * trainer_log.jsonl}, the settings in {@code training_args.yaml} or {@code llamaboard_config.yaml},
 * and the trainer's own state where the run ended in order.
 */
final class LlamaBoardFolder {
  private static final String LOG = "trainer_log.jsonl";
  private static final List<String> SETTINGS =
      List.of("training_args.yaml", "llamaboard_config.yaml");
  private static final Pattern STARTED =
      Pattern.compile("train_(\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d)");
  private static final Pattern ELAPSED =
      Pattern.compile("(?:(\\d+) days?, )?(\\d+):(\\d\\d):(\\d\\d)");

  /** Names of its log, and those of the trainer's. */
  private static final Map<String, String> NAMES =
      Map.of("current_steps", "step", "lr", "learning_rate");

  private LlamaBoardFolder() {}

  static boolean is(Path folder) {
    return Files.isRegularFile(folder.resolve(LOG));
  }

  static ForeignRun read(Path folder) {
    var settings = new ForeignSettings();
    SETTINGS.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(file -> settings.take(settings(file)));
    TrainerFolder.settings(folder, settings);
    List<ObjectNode> log = log(folder.resolve(LOG));
    int total = log.stream().mapToInt(row -> row.path("total_steps").asInt()).max().orElse(0);
    int last = log.stream().mapToInt(row -> row.path("step").asInt()).max().orElse(0);
    long elapsed =
        log.stream().mapToLong(row -> row.path(ForeignRun.ELAPSED).asLong()).max().orElse(0);
    long started = started(folder, elapsed);
    return new ForeignRun(
        "LLaMA Board",
        folder,
        settings,
        withState(folder, log),
        total,
        started,
        elapsed / 1e3,
        total > 0 && last >= total);
  }

  private static ObjectNode settings(Path file) {
    try {
      JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
      var settings = Json.object();
      // "train.lora_rank" of the form's file is "lora_rank" of the program's.
      tree.properties()
          .forEach(
              field ->
                  settings.set(
                      field.getKey().replaceFirst("^(top|train)\\.", ""), field.getValue()));
      return settings;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw StudioException.badInput(
          "%s%s is not valid YAML: %s."
              .formatted(
                  file, at == null ? "" : ", line " + at.getLineNr(), e.getOriginalMessage()),
          "Correct or remove that file and try again.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ObjectNode> log(Path file) {
    var rows = new ArrayList<ObjectNode>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && Json.parse(line, file.toString()) instanceof ObjectNode row) {
          rows.add(named(row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static ObjectNode named(ObjectNode row) {
    ObjectNode named = Json.object();
    row.properties()
        .forEach(
            field ->
                named.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
    Matcher elapsed = ELAPSED.matcher(row.path("elapsed_time").asText());
    if (elapsed.matches()) {
      long days = elapsed.group(1) == null ? 0 : Long.parseLong(elapsed.group(1));
      long hours = 24 * days + Long.parseLong(elapsed.group(2));
      long minutes = 60 * hours + Long.parseLong(elapsed.group(3));
      named.put(ForeignRun.ELAPSED, 1000 * (60 * minutes + Long.parseLong(elapsed.group(4))));
    }
    return named;
  }

  /** The trainer's state tells gradient norms and scores, which this log leaves out. */
  private static List<ObjectNode> withState(Path folder, List<ObjectNode> log) {
    Path file = folder.resolve(TrainerFolder.STATE);
    if (!Files.isRegularFile(file)) {
      return log;
    }
    var known = new TreeMap<String, ObjectNode>();
    TrainerFolder.rows(TrainerFolder.state(file)).forEach(row -> known.put(key(row), row));
    log.forEach(
        row -> {
          ObjectNode more = known.get(key(row));
          if (more != null) {
            more.properties().stream()
                .filter(field -> !row.has(field.getKey()))
                .forEach(field -> row.set(field.getKey(), field.getValue()));
          }
        });
    return log;
  }

  private static String key(ObjectNode row) {
    return (row.has("eval_loss") ? "eval " : "train ") + row.path("step").asInt();
  }

  /** The folder's name tells when, in the time of the place; else the log's last writing. */
  private static long started(Path folder, long elapsed) {
    Matcher name = STARTED.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      return TrainerFolder.modified(folder.resolve(LOG)) - elapsed;
    }
    var format = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss");
    return LocalDateTime.parse(name.group(1), format)
        .atZone(ZoneId.systemDefault())
        .toInstant()
        .toEpochMilli();
  }
}
