package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;

/**
 * A run that another program made.
 *
 * @param program its name
 * @param folder that tells of it
 * @param rows of its log, with the names of the Hugging Face trainer, in their order
 * @param totalSteps that it was to make; 0 where not told
 * @param started milliseconds since 1970, UTC
 * @param seconds of training; 0 where not told
 * @param finished whether it made all steps
 */
record ForeignRun(
    String program,
    Path folder,
    ForeignSettings settings,
    List<ObjectNode> rows,
    int totalSteps,
    long started,
    double seconds,
    boolean finished) {
  /** Milliseconds since the start, in a row of {@link #rows}; not a name of the trainer's. */
  static final String ELAPSED = "elapsed_milliseconds";

  private static final Set<String> NO_SCORES =
      Set.of("eval_loss", "eval_runtime", "eval_samples_per_second", "eval_steps_per_second");

  /** Writes it as a run folder of this studio. */
  RunFolder write(Path to) {
    RunFolder run = RunFolder.create(to, settings.recipe(folder.toString()));
    try (EventLog log = EventLog.open(run.events())) {
      log.append(
          started,
          new Event.Imported(program, folder.toString(), settings.unread(), settings.untold()));
      if (totalSteps > 0) {
        log.append(started, new Event.Planned(totalSteps, 0, 0, 0, 0, 0, 0));
      }
      double best = Double.POSITIVE_INFINITY;
      for (ObjectNode row : rows) {
        best = append(log, row, best);
      }
      int last = rows.stream().mapToInt(row -> row.path("step").asInt()).max().orElse(0);
      log.append(
          started + (long) (1000 * seconds),
          finished ? new Event.Finished(last, seconds) : new Event.Stopped(last));
    }
    return run;
  }

  private double append(EventLog log, ObjectNode row, double best) {
    long time = started + row.path(ELAPSED).asLong();
    if (row.has("loss")) {
      log.append(time, step(row));
    }
    if (!row.has("eval_loss")) {
      return best;
    }
    double loss = row.path("eval_loss").asDouble();
    log.append(time, evaluated(row, loss, loss < best));
    return Math.min(best, loss);
  }

  private static Event.Step step(ObjectNode row) {
    return new Event.Step(
        row.path("step").asInt(),
        row.path("loss").asDouble(),
        number(row, "learning_rate"),
        number(row, "grad_norm"),
        number(row, "epoch"),
        0,
        number(row, "throughput"),
        0,
        Double.NaN);
  }

  private static Event.Evaluated evaluated(ObjectNode row, double loss, boolean best) {
    Map<String, Double> scores = new LinkedHashMap<>();
    row.properties().stream()
        .filter(field -> field.getKey().startsWith("eval_") && field.getValue().isNumber())
        .filter(field -> !NO_SCORES.contains(field.getKey()))
        .forEach(field -> scores.put(field.getKey().substring(5), field.getValue().asDouble()));
    double seconds = row.path("eval_runtime").asDouble(0);
    int rows = (int) Math.round(seconds * row.path("eval_samples_per_second").asDouble(0));
    return new Event.Evaluated(row.path("step").asInt(), loss, rows, best, seconds, scores);
  }

  /** NaN is "not told"; a plot shows nothing there. */
  private static double number(JsonNode row, String name) {
    return row.path(name).asDouble(Double.NaN);
  }
}
