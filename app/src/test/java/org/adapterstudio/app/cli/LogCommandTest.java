package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class LogCommandTest extends ScriptedStudio {
  private Path run() {
    Path run = folder.resolve("run");
    var synthetic = new SyntheticRun(run, SyntheticRun.recipe()).begin(250);
    synthetic.train(1, 250, 250, 2).add(5, new Event.Finished(250, 160)).write();
    return run;
  }

  @Test
  void aRunsNumbersGoToTheOutputToAFileAndToTensorBoardsFolder() throws Exception {
    String run = run().toString();
    assertThat(studio("log", run, "--form", "csv")).isZero();
    assertThat(out.toString().lines()).hasSize(251).first().asString().startsWith("step,time,");
    assertThat(studio("log", run, "--form", "jsonl", "--out", "logs/rows.jsonl")).isZero();
    assertThat(Files.readAllLines(folder.resolve("logs/rows.jsonl"))).hasSize(250 + 2 + 1);
    assertThat(studio("log", run, "--form", "tensorboard", "--out", "tb")).isZero();
    assertThat(folder.resolve("tb")).isDirectoryContaining("glob:**events.out.tfevents.*");
    assertThat(studio("log", run, "--form", "tensorboard")).isEqualTo(1);
    assertThat(err.toString()).contains("--out is missing. Add --out DIR");
  }

  @Test
  void aRunWithoutAStepHasNothingToWrite() {
    Path run = folder.resolve("empty");
    new SyntheticRun(run, SyntheticRun.recipe()).begin(10).write();
    assertThat(studio("log", run.toString(), "--form", "csv")).isEqualTo(1);
    assertThat(err.toString()).contains("empty has no numbers yet");
  }

  @Test
  void aCheckpointForTheHuggingFaceTrainerIsNamedByItsStepAndSaysWhatItCannot() throws Exception {
    Path run = run();
    Files.createDirectories(run.resolve("checkpoints/step-250"));
    Path made = folder.resolve("hf/checkpoint-250");
    Files.createDirectories(made);
    answer = new Reply.Exported(made.toString(), 1000, 1e-6, null);
    assertThat(studio("export", run.toString(), "--as", "checkpoint", "--out", "hf")).isZero();
    var request = (Request.Export) asked.getLast();
    assertThat(request.out()).isEqualTo(made.toString());
    assertThat(request.what()).isEqualTo("adapter");
    assertThat(out.toString()).contains("checkpoint-250").contains("not resume from it");
    assertThat(made.resolve("README.md")).content().contains("not resume from it");
    assertThat(Json.read(made.resolve("trainer_state.json")).path("global_step").asInt())
        .isEqualTo(250);
    assertThat(
            studio("export", run.toString(), "--as", "checkpoint", "--form", "lora", "--out", "x"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--as is checkpoint");
  }
}
