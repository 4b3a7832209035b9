package org.adapterstudio.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  @TempDir Path folder;

  private RunHistory run() {
    return RunHistory.of(
        new SyntheticRun(folder.resolve("run"), SyntheticRun.recipe())
            .begin(4)
            .step(1, 2.5)
            .step(2, 2.25)
            .add(10, SyntheticRun.spectrum(2, 1))
            .add(10, new Event.Evaluated(2, 2.4, 490, true, 2, Map.of("accuracy", 0.75)))
            .add(10, new Event.CheckpointSaved(2, "step-2", 1, 0.1, "schedule"))
            .step(3, Double.NaN)
            .add(10, new Event.Started(9, "0.1.0", "cpu", 2, 2))
            .step(3, 2.0)
            .step(4, 1.75)
            .add(10, new Event.Evaluated(4, 2.6, 490, false, 2, Map.of("accuracy", 0.7)))
            .add(10, new Event.Finished(4, 3.2))
            .write()
            .run());
  }

  @Test
  void aLineAStepHoldsEverySeriesAndNothingThatAResumeSuperseded() {
    String csv = new RunLog(run()).csv();
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst())
        .startsWith("step,time,train/loss,train/learning_rate,train/grad_norm,train/epoch,")
        .contains(",spectra/model.layers.0.self_attn.q_proj/effective_rank,")
        .endsWith(",eval/loss,eval/accuracy");
    assertThat(lines.get(1)).startsWith("1,2026-03-02T14:02:12").endsWith(",,,,,");
    assertThat(lines.get(2)).contains(",2.25,").endsWith(",2.4,0.75");
    assertThat(lines.get(3)).contains(",2.0,");
    assertThat(csv).doesNotContain("NaN");
    int columns = lines.getFirst().split(",", -1).length;
    assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
  }

  @Test
  void linesOfJsonHaveTheNamesOfTheHuggingFaceTrainer() {
    List<JsonNode> rows =
        new RunLog(run()).jsonLines().lines().map(line -> Json.parse(line, "log")).toList();
    assertThat(rows).hasSize(7);
    assertThat(names(rows.getFirst()))
        .containsExactlyInAnyOrder("epoch", "grad_norm", "learning_rate", "loss", "step");
    assertThat(names(rows.get(2)))
        .containsExactlyInAnyOrder(
            "epoch",
            "eval_loss",
            "eval_accuracy",
            "eval_runtime",
            "eval_samples_per_second",
            "step");
    assertThat(rows.getLast().path("train_loss").asDouble()).isEqualTo(8.5 / 4);
    assertThat(rows.getLast().path("train_runtime").asDouble()).isEqualTo(3.2);
  }

  @Test
  void theTrainersStateHasItsFieldsAloneInPythonsSpelling() throws Exception {
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoint-2"));
    Files.writeString(checkpoint.resolve("README.md"), "# The adapter\n");
    CheckpointFolder.complete(checkpoint, run(), 2);
    String text = Files.readString(checkpoint.resolve("trainer_state.json"));
    assertThat(text)
        .startsWith(
            """
            {
              "best_metric": 2.4,
              "best_model_checkpoint": "checkpoint-2",
              "epoch": 0.004,
              "global_step": 2,
              "is_hyper_param_search": false,
              "is_local_process_zero": true,
              "is_world_process_zero": true,
              "log_history": [
                {
                  "epoch": 0.002,
                  "grad_norm": 0.5,
            """)
        .endsWith(
            """
                }
              ],
              "max_steps": 4,
              "num_train_epochs": 1,
              "total_flos": 0.0,
              "trial_name": null,
              "trial_params": null
            }
            """);
    JsonNode state = Json.parse(text, "state");
    assertThat(names(state)).isEqualTo(FIELDS);
    assertThat(state.path("log_history")).hasSize(3);
    state.path("log_history").forEach(row -> assertThat(names(row)).isSorted());
    assertThat(Files.readString(checkpoint.resolve("README.md")))
        .startsWith("# The adapter\n\n## What this folder can do\n")
        .contains("not resume from it");
  }

  /** What every version of the trainer knows, from the first with a state to that of today. */
  private static final List<String> FIELDS =
      List.of(
          "best_metric",
          "best_model_checkpoint",
          "epoch",
          "global_step",
          "is_hyper_param_search",
          "is_local_process_zero",
          "is_world_process_zero",
          "log_history",
          "max_steps",
          "num_train_epochs",
          "total_flos",
          "trial_name",
          "trial_params");

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
