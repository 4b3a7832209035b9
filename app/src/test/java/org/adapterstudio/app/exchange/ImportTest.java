package org.adapterstudio.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final String BOARD = "saves/Llama-3-8B/lora/train_2026-03-02-14-02-11";

  @TempDir Path folder;

  private Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void board() throws IOException {
    write(
        BOARD + "/training_args.yaml",
        """
        bf16: true
        cutoff_len: 2048
        dataset: identity,alpaca_en_demo
        dataset_dir: data
        ddp_timeout: 180000000
        do_train: true
        eval_steps: 0.5
        finetuning_type: lora
        gradient_accumulation_steps: 8
        learning_rate: 5.0e-05
        lora_alpha: 16
        lora_dropout: 0
        lora_rank: 8
        lora_target: all
        lr_scheduler_type: cosine_with_restarts
        max_grad_norm: 1.0
        model_name_or_path: meta-llama/Meta-Llama-3-8B
        num_train_epochs: 3.0
        optim: adamw_torch
        output_dir: saves/Llama-3-8B/lora/train_2026-03-02-14-02-11
        per_device_train_batch_size: 2
        template: llama3
        use_rslora: true
        val_size: 0.1
        warmup_steps: 0
        """);
    write(
        BOARD + "/trainer_log.jsonl",
        """
        {"current_steps": 5, "total_steps": 15, "loss": 2.5, "lr": 9e-05, "epoch": 0.5, "percentage": 33.3, "elapsed_time": "0:01:00", "remaining_time": "0:02:00", "throughput": 1300.5, "total_tokens": 78000}
        {"current_steps": 10, "total_steps": 15, "loss": 2.0, "lr": 5e-05, "epoch": 1.0, "percentage": 66.7, "elapsed_time": "0:02:00", "remaining_time": "0:01:00"}
        {"current_steps": 10, "total_steps": 15, "eval_loss": 2.2, "epoch": 1.0, "percentage": 66.7, "elapsed_time": "0:02:05", "remaining_time": "0:01:00"}
        """);
  }

  private RunFolder imported(Import.Done done) {
    return RunFolder.open(Path.of(done.run()));
  }

  @Test
  void aRunOfLlamaBoardBringsItsCurvesTimesAndSettings() throws IOException {
    board();
    var done = Import.read(folder.resolve(BOARD), folder.resolve("runs"), null);
    RunFolder run = imported(done);
    assertThat(run.name()).isEqualTo("train_2026-03-02-14-02-11");
    RunHistory history = RunHistory.of(run);
    assertThat(history.state()).isEqualTo(RunState.STOPPED);
    var steps = history.all(Event.Step.class);
    assertThat(steps).extracting(Event.Step::step).containsExactly(5, 10);
    assertThat(steps.getFirst().loss()).isEqualTo(2.5);
    assertThat(steps.getFirst().tokensPerSecond()).isEqualTo(1300.5);
    assertThat(steps.getFirst().gradNorm()).isNaN();
    assertThat(history.last(Event.Evaluated.class).orElseThrow().evalLoss()).isEqualTo(2.2);
    assertThat(history.last(Event.Planned.class).orElseThrow().totalSteps()).isEqualTo(15);
    var times = history.entries();
    assertThat(times.get(2).time() - times.getFirst().time()).isEqualTo(60_000);
    assertThat(times.getFirst().event()).isInstanceOf(Event.Imported.class);
    assertThatThrownBy(run::refuseImported)
        .hasMessageContaining("was made by LLaMA Board; it can be looked at, not resumed");
    assertThat(new RunLog(history).csv().lines().findFirst())
        .hasValue(
            "step,time,train/loss,train/learning_rate,train/epoch,train/tokens_per_second,eval/loss");
    Recipe recipe = run.recipe();
    assertThat(recipe.model().path()).endsWith("meta-llama/Meta-Llama-3-8B");
    assertThat(recipe.model().dtype()).isEqualTo("bfloat16");
    assertThat(recipe.adapter().rank()).isEqualTo(8);
    assertThat(recipe.adapter().alpha()).isEqualTo(16);
    assertThat(recipe.adapter().targetModules().asText()).isEqualTo("all-linear");
    assertThat(recipe.adapter().knobs().get("use_rslora").asBoolean()).isTrue();
    assertThat(recipe.training().learningRate()).isCloseTo(5e-5, within(1e-12));
    assertThat(recipe.training().gradientAccumulationSteps()).isEqualTo(8);
    assertThat(recipe.data().evalFraction()).isEqualTo(0.1);
  }

  @Test
  void whatMeansNothingHereIsListedAndSoIsWhatWasNotTold() throws IOException {
    board();
    var done = Import.read(folder.resolve(BOARD), folder.resolve("runs"), "mine");
    assertThat(done.run()).endsWith("mine");
    assertThat(done.unread())
        .containsExactly(
            "dataset_dir",
            "ddp_timeout",
            "do_train",
            "eval_steps",
            "lr_scheduler_type",
            "output_dir");
    assertThat(done.untold())
        .contains("training.lr_scheduler_type", "training.eval_steps", "training.seed")
        .doesNotContain("adapter.rank", "adapter.method", "model.dtype");
    var event = RunHistory.of(imported(done)).last(Event.Imported.class).orElseThrow();
    assertThat(event.program()).isEqualTo("LLaMA Board");
    assertThat(event.unread()).isEqualTo(done.unread());
    assertThat(event.untold()).isEqualTo(done.untold());
  }

  @Test
  void theFormsOwnFileAndTheTrainersStateAreReadWhereTheyAreThere() throws IOException {
    board();
    Files.delete(folder.resolve(BOARD + "/training_args.yaml"));
    write(
        BOARD + "/llamaboard_config.yaml",
        """
        top.finetuning_type: lora
        top.model_name: Llama-3-8B
        top.quantization_bit: '4'
        train.batch_size: 2
        train.compute_type: bf16
        train.dataset:
        - identity
        - alpaca_en_demo
        train.learning_rate: 5e-5
        train.lora_rank: 4
        train.use_dora: true
        """);
    write(
        BOARD + "/trainer_state.json",
        """
        {"global_step": 15, "log_history": [
          {"epoch": 0.5, "grad_norm": 0.75, "learning_rate": 9e-05, "loss": 2.5, "step": 5},
          {"epoch": 1.0, "grad_norm": NaN, "learning_rate": 5e-05, "loss": 2.0, "step": 10},
          {"epoch": 1.0, "eval_loss": 2.2, "eval_accuracy": 0.5, "eval_runtime": 2.0,
           "eval_samples_per_second": 20.0, "eval_steps_per_second": 5.0, "step": 10}]}
        """);
    write(
        BOARD + "/trainer_log.jsonl",
        Files.readString(folder.resolve(BOARD + "/trainer_log.jsonl"))
            + "{\"current_steps\": 15, \"total_steps\": 15, \"elapsed_time\": \"1 day,"
            + " 0:03:00\"}\n");
    var done = Import.read(folder.resolve(BOARD), folder.resolve("runs"), null);
    Recipe recipe = imported(done).recipe();
    assertThat(recipe.data().train()).endsWith("identity,alpaca_en_demo");
    assertThat(recipe.adapter().method()).isEqualTo("dora");
    assertThat(recipe.model().quantization()).isEqualTo("nf4-double");
    assertThat(recipe.training().learningRate()).isEqualTo(5e-5);
    assertThat(done.unread()).containsExactly("model_name");
    RunHistory history = RunHistory.of(imported(done));
    assertThat(history.state()).isEqualTo(RunState.FINISHED);
    assertThat(history.all(Event.Step.class).getFirst().gradNorm()).isEqualTo(0.75);
    var evaluated = history.last(Event.Evaluated.class).orElseThrow();
    assertThat(evaluated.scores()).containsExactly(java.util.Map.entry("accuracy", 0.5));
    assertThat(evaluated.rows()).isEqualTo(40);
    assertThat(history.last(Event.Finished.class).orElseThrow().trainSeconds())
        .isEqualTo(24 * 3600 + 180);
  }

  @Test
  void aCheckpointOfTheHuggingFaceTrainerIsReadAndWhatIsPickledIsNot() throws IOException {
    write(
        "out/checkpoint-20/trainer_state.json",
        """
        {"best_metric": null, "epoch": 2.0, "global_step": 20, "max_steps": 40,
         "num_train_epochs": 4, "logging_steps": 10, "save_steps": 20, "train_batch_size": 8,
         "log_history": [
          {"epoch": 1.0, "grad_norm": 1.5, "learning_rate": 1e-4, "loss": 3.0, "step": 10},
          {"epoch": 2.0, "grad_norm": 1.25, "learning_rate": 5e-5, "loss": 2.0, "step": 20}]}
        """);
    write(
        "out/checkpoint-20/adapter_config.json",
        """
        {"peft_type": "LORA", "base_model_name_or_path": "org/base", "r": 4, "lora_alpha": 8,
         "lora_dropout": 0.1, "target_modules": ["q_proj", "v_proj"], "bias": "none",
         "task_type": "CAUSAL_LM", "use_dora": false, "rank_pattern": {"q_proj": 2},
         "revision": null}
        """);
    write("out/checkpoint-20/training_args.bin", "never read");
    var done = Import.read(folder.resolve("out"), folder.resolve("runs"), null);
    assertThat(done.unread()).containsExactly("task_type", "training_args.bin");
    RunFolder run = imported(done);
    assertThat(run.name()).isEqualTo("out-checkpoint-20");
    assertThat(RunHistory.of(run).state()).isEqualTo(RunState.STOPPED);
    assertThat(RunHistory.of(run).all(Event.Step.class))
        .extracting(Event.Step::gradNorm)
        .containsExactly(1.5, 1.25);
    Recipe recipe = run.recipe();
    assertThat(recipe.adapter().rankPattern()).containsEntry("q_proj", 2);
    assertThat(recipe.adapter().targetModules()).hasSize(2);
    assertThat(recipe.training().perDeviceTrainBatchSize()).isEqualTo(8);
    assertThat(recipe.training().maxSteps()).isEqualTo(40);
  }

  @Test
  void whatWasExportedComesBackWithTheSameCurve() throws IOException {
    var run =
        new org.adapterstudio.app.run.SyntheticRun(
                folder.resolve("own"), org.adapterstudio.app.run.SyntheticRun.recipe())
            .begin(200);
    run.train(1, 200, 200, 1).write();
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoint-200"));
    CheckpointFolder.complete(checkpoint, RunHistory.of(run.run()), 200);
    var done = Import.read(checkpoint, folder.resolve("runs"), "back");
    assertThat(losses(imported(done))).isEqualTo(losses(run.run())).hasSize(200);
  }

  private static List<Double> losses(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::loss).toList();
  }

  @Test
  void foldersThatTellNothingAreRefusedWithASentence() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(empty, "holds neither trainer_log.jsonl");
    refused(folder.resolve("none"), "is not a folder");
    write("early/trainer_log.jsonl", "");
    refused(folder.resolve("early"), "has no rows");
    write("broken/trainer_log.jsonl", "{\"current_steps\": 1, \"loss\": 2}\n");
    write("broken/training_args.yaml", "a: [1,\nb: {");
    refused(folder.resolve("broken"), "training_args.yaml, line 2 is not valid YAML");
    write("unsafe/trainer_log.jsonl", "{\"current_steps\": 1, \"loss\": 2}\n");
    write("unsafe/training_args.yaml", "seed: !!javax.script.ScriptEngineManager [ 7 ]\n");
    var done = Import.read(folder.resolve("unsafe"), folder.resolve("runs"), null);
    assertThat(done.unread()).containsExactly("seed");
  }

  private void refused(Path from, String words) {
    assertThatThrownBy(() -> Import.read(from, folder.resolve("runs"), null))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(words);
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
