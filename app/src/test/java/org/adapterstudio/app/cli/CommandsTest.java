package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.Test;

class CommandsTest extends ScriptedStudio {
  @Test
  void wrongUsageIsOneSentenceAndExitTwo() {
    assertThat(studio("train")).isEqualTo(2);
    assertThat(err.toString()).contains("RECIPE.json").contains("studio train --help");
    assertThat(studio("trian", "x")).isEqualTo(2);
    assertThat(studio("logits", "--modle", "x")).isEqualTo(2);
  }

  @Test
  void methodsPrintsEveryCardForPeopleAndForPrograms() {
    assertThat(studio("methods")).isZero();
    assertThat(out.toString()).contains("lora", "LoRA", "full");
    JsonNode cards = json("methods", "--json");
    assertThat(cards).hasSizeGreaterThanOrEqualTo(2);
    assertThat(cards.get(0).path("key").isTextual()).isTrue();
    assertThat(studio("methods", "lroa")).isEqualTo(1);
  }

  @Test
  void methodsAreSearchedAndTwoAreComparedPointByPoint() {
    assertThat(studio("methods", "--kind", "adapter", "--search", "2305.14314 FROZEN")).isZero();
    assertThat(out.toString()).contains("qlora").doesNotContain("linear_probe", "causal_lm");
    out.getBuffer().setLength(0);
    assertThat(studio("methods", "lora", "qlora")).isZero();
    assertThat(out.toString())
        .containsPattern("formula\n  LoRA   y = W x.*\n  QLoRA  y = W4 x")
        .contains("use_rslora");
  }

  @Test
  void tensorsListsAnyFileOfWeightsForPeopleAndForPrograms() {
    Path saved = Path.of("../engine/contract/src/test/resources/pytorch").toAbsolutePath();
    assertThat(studio("tensors", saved.resolve("state.bin").toString())).isZero();
    assertThat(out.toString()).contains("a.turned", "BF16", "[4, 3]", "pytorch: 13 tensors");
    JsonNode listing = json("tensors", saved.resolve("script.pt").toString(), "--json");
    assertThat(listing.path("format").asText()).isEqualTo("torchscript");
    assertThat(listing.path("tensors").get(0).path("shape").get(0).asInt()).isEqualTo(4);
    assertThat(studio("tensors", saved.resolve("expected.safetensors").toString())).isZero();
    assertThat(studio("tensors", saved.resolve("refused_system.bin").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("asks to run posix.system: refused");
  }

  @Test
  void aTasksCardTellsItsFamiliesAndRowsInsteadOfWhatItTrains() {
    assertThat(studio("methods", "causal_lm")).isZero();
    assertThat(out.toString())
        .contains("llama", "instruction, [input], output", "question, answer")
        .doesNotContain("trainable");
  }

  @Test
  void familiesListsWhatCanBeOpenedAndWhatItCanBeTrainedFor() {
    assertThat(studio("families")).isZero();
    assertThat(out.toString()).contains("MODEL TYPE", "qwen2", "Qwen 2", "causal_lm");
    JsonNode families = json("families", "--json");
    assertThat(families.findValuesAsText("model_type")).contains("llama", "gpt2");
    assertThat(families.get(0).path("tasks").isArray()).isTrue();
  }

  @Test
  void engineTellsDevicesLibTorchAndWhatWasTriedForCuda() {
    answer = new Reply.Runtime("0.1.0", 1, 2, "2.7.1", "/natives/2.7.1-cpu", false, false, 0, "");
    assertThat(studio("engine")).isZero();
    assertThat(out.toString())
        .containsPattern("devices +cpu")
        .containsPattern("libtorch +2.7.1, for the CPU alone")
        .contains("CUDA: untested", "No NVIDIA driver was found.");
    assertThat(json("engine", "--json").path("cuda_devices").asInt(-1)).isZero();
  }

  @Test
  void logitsExplainsEveryInputByItsHuggingFaceName() {
    assertThat(studio("logits", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "input_ids",
            "attention_mask",
            "token_type_ids",
            "decoder_input_ids",
            "pixel_values",
            "input_features",
            "logits_per_image");
  }

  @Test
  void scoreMeasuresTheResultOnTheHeldOutRowsAndNamesItsScores() {
    var data =
        new Recipe.Data("a.jsonl", "/held/out.jsonl", null, null, null, null, null, null, null);
    RunFolder run =
        RunFolder.create(
            folder.resolve("labels"), new Recipe(1, null, null, data, null, null, null));
    assertThat(studio("score", run.path().toString())).isEqualTo(1);
    assertThat(err.toString()).contains("neither a result nor a checkpoint");
    assertThat(run.adapter().toFile().mkdirs()).isTrue();
    answer = new Reply.Scored(40, 0.31, Map.of("accuracy", 0.875));
    assertThat(studio("score", run.path().toString(), "--base")).isZero();
    assertThat(out.toString()).containsPattern("rows +40").containsPattern("accuracy +87.5\u00a0%");
    assertThat(((Request.Score) asked.getLast()).adapter()).isNull();
    JsonNode scored = json("score", run.path().toString(), "--file", "own.jsonl", "--json");
    assertThat(scored.path("scores").path("accuracy").asDouble()).isEqualTo(0.875);
    var request = (Request.Score) asked.getLast();
    assertThat(request.adapter()).isEqualTo(run.adapter().toString());
    assertThat(request.file()).isEqualTo(at("own.jsonl"));
  }

  @Test
  void exportAsksForAFormAndTellsWhatAnApproximationLeavesOut() {
    var model = Recipe.Model.of("/base");
    RunFolder run =
        RunFolder.create(
            folder.resolve("forms"), new Recipe(1, null, model, null, null, null, null));
    assertThat(run.adapter().toFile().mkdirs()).isTrue();
    answer = new Reply.Exported(at("small"), 1000, 0.25, 0.125);
    String[] small = {"export", run.path().toString(), "--as", "adapter", "--out", "small"};
    String[] limits = {"--form", "lora", "--rank", "4", "--energy", "0.9"};
    assertThat(studio(both(small, limits))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("12.50 % of the change is left out");
    assertThat(((Request.Export) asked.getLast()).form())
        .isEqualTo(new Request.Export.Form("lora", 4, 0.9));
    assertThat(studio(small)).isZero();
    assertThat(((Request.Export) asked.getLast()).form()).isNull();
    assertThat(studio(both(small, "--rank", "4"))).isEqualTo(1);
    assertThat(studio(both(small, "--form", "lora", "--energy", "2"))).isEqualTo(1);
    assertThat(err.toString()).contains("--energy is 2.0");
  }

  private static String[] both(String[] first, String... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  @Test
  void showAndRunsTellTheScoresOfATask() {
    RunFolder run =
        RunFolder.create(
            folder.resolve("runs/labels"), new Recipe(1, null, null, null, null, null, null));
    log(
        run,
        step(12),
        new Event.Evaluated(6, 0.4, 2, true, 1, scores(0.9, 0.8)),
        new Event.Evaluated(12, 0.5, 2, false, 1, scores(0.875, 0.85)),
        new Event.Stopped(12));
    assertThat(studio("show", run.path().toString())).isZero();
    assertThat(out.toString())
        .containsPattern("accuracy +87.5\u00a0% \\(best 90.0\u00a0%\\)")
        .containsPattern("macro F1 +85.0\u00a0% \\(best 85.0\u00a0%\\)");
    JsonNode shown = json("show", run.path().toString(), "--json");
    assertThat(shown.path("scores").path("accuracy").asDouble()).isEqualTo(0.875);
    assertThat(shown.path("best_scores").path("accuracy").asDouble()).isEqualTo(0.9);
    TinyModels.write(folder.resolve("project.json"), "{}");
    assertThat(studio("runs")).isZero();
    assertThat(out.toString()).contains("SCORE", "accuracy 87.5\u00a0%");
  }

  private static Map<String, Double> scores(double accuracy, double f1) {
    var scores = new java.util.LinkedHashMap<String, Double>();
    scores.put("accuracy", accuracy);
    scores.put("macro_f1", f1);
    return scores;
  }

  @Test
  void anUnknownRecipeFieldIsNamedAndNothingIsStarted() throws Exception {
    Path recipe = recipe("{\"training\": {\"max_stepz\": 3}}");
    assertThat(studio("train", recipe.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("training.max_stepz", "perhaps max_steps is meant");
    assertThat(launched).isEmpty();
  }

  @Test
  void aMissingRecipeIsASentence() {
    assertThat(studio("train", "nowhere.json")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.json does not exist").doesNotContain("Exception");
  }

  @Test
  void detachedTrainingPrintsNameAndFolderAndFreezesTheSettings() throws Exception {
    Path recipe = recipe("{\"name\": \"tryout\", \"model\": {\"path\": \"base\"}}");
    String out = folder.resolve("out").toString();
    JsonNode printed =
        json(
            "train",
            recipe.toString(),
            "--out",
            out,
            "--set",
            "adapter.rank=4",
            "--detach",
            "--json");
    assertThat(printed.path("folder").asText()).isEqualTo(out);
    assertThat(launched).hasSize(1);
    Recipe frozen = launched.getFirst().recipe();
    assertThat(frozen.adapter().rank()).isEqualTo(4);
    assertThat(frozen.model().path()).isEqualTo(folder.resolve("base").toString());
  }

  @Test
  void attachedTrainingThatFinishesIsASuccess() throws Exception {
    engine =
        run ->
            log(run, new Event.Planned(2, 8, 2, 0, 0, 10, 100), step(2), new Event.Finished(2, 1));
    assertThat(train()).isZero();
  }

  @Test
  void attachedTrainingThatFailsSaysWhyAndIsNoSuccess() throws Exception {
    var failure =
        new Failure("non_finite_loss", "The loss of batch 7 is NaN.", "Lower the rate.", "");
    engine = run -> log(run, step(1), new Event.Failed(1, failure));
    assertThat(train()).isEqualTo(1);
    assertThat(err.toString()).contains("The loss of batch 7 is NaN. Lower the rate.");
  }

  @Test
  void anEngineThatDiesWithoutALastWordIsLostAndResumeIsNamed() throws Exception {
    engine = run -> log(run, step(1));
    assertThat(train()).isEqualTo(1);
    assertThat(err.toString()).containsIgnoringCase("engine lost").contains("studio resume");
  }

  @Test
  void showTellsStateStepLossesAndPlacesAsJson() {
    RunFolder run =
        RunFolder.create(
            folder.resolve("shown"), new Recipe(1, null, null, null, null, null, null));
    log(
        run,
        new Event.Planned(60, 8, 2, 0, 0, 10, 100),
        step(12),
        new Event.Evaluated(12, 0.5, 2, true, 1, Map.of()),
        new Event.Stopped(12));
    JsonNode shown = json("show", run.path().toString(), "--json");
    assertThat(shown.path("state").asText()).isEqualTo("stopped");
    assertThat(shown.path("step").asInt()).isEqualTo(12);
    assertThat(shown.path("total_steps").asInt()).isEqualTo(60);
    assertThat(shown.path("loss").asDouble()).isEqualTo(0.25);
    assertThat(shown.path("eval_loss").asDouble()).isEqualTo(0.5);
    assertThat(shown.path("live").asBoolean(true)).isFalse();
  }

  @Test
  void anUnknownRunIsASentenceThatNamesTheListing() {
    assertThat(studio("show", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no run \"nobody\"", "studio runs");
  }

  @Test
  void stopAndSaveRefuseARunWithoutAnEngine() {
    RunFolder run =
        RunFolder.create(folder.resolve("idle"), new Recipe(1, null, null, null, null, null, null));
    assertThat(studio("stop", run.path().toString())).isEqualTo(1);
    assertThat(studio("save", run.path().toString())).isEqualTo(1);
    assertThat(err.toString()).contains("No engine is at work on the run idle");
  }

  @Test
  void aFinishedRunIsNotResumed() {
    RunFolder run =
        RunFolder.create(folder.resolve("done"), new Recipe(1, null, null, null, null, null, null));
    log(run, step(1), new Event.Finished(1, 1));
    assertThat(studio("resume", run.path().toString())).isEqualTo(1);
    assertThat(launched).isEmpty();
  }

  @Test
  void logitsSendsAbsolutePathsAndPrintsTheLoss() {
    answer = new Reply.LogitsWritten("/x/out.safetensors", List.of(2L, 3L), 1.25);
    assertThat(studio("logits", "--model", "base", "--inputs", "in", "--out", "out")).isZero();
    assertThat(out.toString()).contains("[2, 3]", "1.25");
    assertThat(asked)
        .containsExactly(new Request.Logits(at("base"), null, at("in"), at("out"), "float32", 0));
  }

  @Test
  void chatStreamsTheTextAndPassesTheSettingsOn() {
    answer = new Reply.Generated("Hello.", 4, 2, 10, "stop_token");
    assertThat(
            studio(
                "chat",
                "--model",
                "base",
                "--prompt",
                "Hi",
                "--raw",
                "--max-tokens",
                "7",
                "--seed",
                "3"))
        .isZero();
    assertThat(out.toString()).startsWith("Hello.");
    var chat = (Request.Chat) asked.getFirst();
    assertThat(chat.raw()).isTrue();
    assertThat(chat.maxTokens()).isEqualTo(7);
    assertThat(chat.seed()).isEqualTo(3);
    assertThat(chat.messages()).containsExactly(new Request.Message("user", "Hi"));
  }

  @Test
  void anEngineFailureIsOneSentenceAndItsDetailOnlyComesWhenAskedFor() {
    answer = new Reply.Failed(new Failure("bad_input", "It is broken.", "Mend it.", "deep detail"));
    assertThat(studio("chat", "--model", "m", "--prompt", "p")).isEqualTo(1);
    assertThat(err.toString())
        .contains("studio: It is broken. Mend it.")
        .doesNotContain("deep detail");
    assertThat(studio("chat", "--model", "m", "--prompt", "p", "--verbose")).isEqualTo(1);
    assertThat(err.toString()).contains("deep detail");
  }

  private int train() throws Exception {
    return studio("train", recipe("{}").toString(), "--out", folder.resolve("run").toString());
  }

  private Path recipe(String text) throws Exception {
    return Files.writeString(folder.resolve("recipe.json"), text);
  }

  private static Event.Step step(int step) {
    return new Event.Step(step, 0.25, 2e-4, 1, 0.1, 64, 640, 1 << 20, 0.15);
  }

  private static void log(RunFolder run, Event... events) {
    try (var lock = EngineLock.take(run).orElseThrow();
        var log = EventLog.open(run.events())) {
      assertThat(lock).isNotNull();
      log.append(new Event.Started(1, "test", "cpu", 1, 0));
      List.of(events).forEach(log::append);
    }
  }
}
