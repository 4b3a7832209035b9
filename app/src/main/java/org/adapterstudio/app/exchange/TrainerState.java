package org.adapterstudio.app.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/**
 * {@code trainer_state.json} of the Hugging Face trainer. Its loader calls a constructor with every
 * field it finds, so one that a version does not know ends the loading: written are those that all
 * versions have, and nothing of the studio's own.
 */
final class TrainerState {
  private static final String INDENT = "  ";

  private TrainerState() {}

  /** The file's text as of a step: indented by two, keys sorted, a newline at the end. */
  static String of(RunHistory run, int step) {
    var fields = new TreeMap<String, Object>();
    double epoch = epoch(run, step);
    fields.put("epoch", epoch);
    fields.put("global_step", step);
    fields.put("is_hyper_param_search", false);
    fields.put("is_local_process_zero", true);
    fields.put("is_world_process_zero", true);
    fields.put("log_history", rows(run, step));
    int total = run.last(Event.Planned.class).map(Event.Planned::totalSteps).orElse(step);
    fields.put("max_steps", total);
    fields.put("num_train_epochs", step == 0 ? 0 : (int) Math.ceil(epoch * total / step - 1e-9));
    fields.put("total_flos", 0.0);
    fields.put("trial_name", null);
    fields.put("trial_params", null);
    Optional<Event.Evaluated> best = best(run, step);
    fields.put("best_metric", best.map(Event.Evaluated::evalLoss).orElse(null));
    fields.put(
        "best_model_checkpoint",
        best.map(Event.Evaluated::step)
            .filter(at -> at == step)
            .map(CheckpointFolder::name)
            .orElse(null));
    try {
      return writer().writeValueAsString(fields) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ArrayNode rows(RunHistory run, int step) {
    ArrayNode rows = Json.mapper().createArrayNode();
    LogHistory.rows(run, step).forEach(row -> rows.add(sorted(row)));
    return rows;
  }

  private static ObjectNode sorted(ObjectNode row) {
    ObjectNode sorted = Json.object();
    row.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> sorted.set(field.getKey(), field.getValue()));
    return sorted;
  }

  private static double epoch(RunHistory run, int step) {
    return run.all(Event.Step.class).stream()
        .filter(made -> made.step() <= step)
        .mapToDouble(Event.Step::epoch)
        .max()
        .orElse(0);
  }

  private static Optional<Event.Evaluated> best(RunHistory run, int step) {
    return run.all(Event.Evaluated.class).stream()
        .filter(evaluated -> evaluated.best() && evaluated.step() <= step)
        .reduce((_, last) -> last);
  }

  /**
   * Python's own spelling: a blank behind the colon alone, empty lists closed, NaN without quotes.
   */
  private static ObjectWriter writer() {
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    var indenter = new DefaultIndenter(INDENT, "\n");
    return JsonMapper.builder()
        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
        .build()
        .writer(
            new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter));
  }
}
