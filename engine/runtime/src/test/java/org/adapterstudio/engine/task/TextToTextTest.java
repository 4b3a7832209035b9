package org.adapterstudio.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.PicoWords;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.run.RunEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextToTextTest {
  private static final List<String> WORDS =
      List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");

  @TempDir Path folder;

  @BeforeEach
  void makeProject() throws IOException {
    PicoWords.t5(folder.resolve("base"), WORDS);
    String rows =
        IntStream.range(0, WORDS.size() * WORDS.size())
            .mapToObj(
                i -> {
                  var said = List.of(WORDS.get(i / 12), WORDS.get(i % 12));
                  return "{\"prompt\": \"%s\", \"completion\": \"%s\"}"
                      .formatted(String.join(" ", said), String.join(" ", said.reversed()));
                })
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("rows.jsonl"), rows + "\n");
  }

  @Test
  void anAdapterLearnsToReverseWordsThatItHasNotSeenTogether() throws IOException {
    RunFolder run = run("reverse");
    assertThat(RunEngine.run(run.path())).isTrue();
    var measured = RunHistory.of(run).all(Event.Evaluated.class);
    // A pair that is guessed is right once in 144 times.
    assertThat(measured.getFirst().scores().get("exact_match")).isLessThan(0.1);
    assertThat(measured.getLast().scores().get("exact_match")).isGreaterThan(0.3);
    assertThat(measured.getLast().evalLoss()).isLessThan(measured.getFirst().evalLoss() / 2);
    var sampled = RunHistory.of(run).last(Event.Sampled.class).orElseThrow();
    assertThat(sampled.adapter()).isNotEqualTo(sampled.base()).matches("[a-l]( [a-l])*");
    var planned = RunHistory.of(run).last(Event.Planned.class).orElseThrow();
    assertThat(planned.trainRows() + planned.evalRows()).isEqualTo(144);
  }

  @Test
  void aStoppedRunGoesOnAlongTheSameTrajectory() throws IOException {
    String[] few = {"training.max_steps=6", "training.save_steps=3"};
    RunFolder whole = run("whole", few);
    assertThat(RunEngine.run(whole.path())).isTrue();
    RunFolder stopped = run("stopped", few);
    stopped.send(new Command.Stop());
    assertThat(RunEngine.run(stopped.path())).isTrue();
    assertThat(RunEngine.run(stopped.path())).isTrue();
    assertThat(losses(stopped)).hasSize(6).isEqualTo(losses(whole));
  }

  @Test
  void aTextWithoutATargetIsABadRow() throws IOException {
    Files.writeString(folder.resolve("rows.jsonl"), "{\"text\": \"a b\"}\n");
    RunFolder run = run("bad");
    assertThat(RunEngine.run(run.path())).isFalse();
    var failure = RunHistory.of(run).last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.text()).contains("line 1").contains("completion");
  }

  @Test
  void aPreviewShowsTargetsAsWhatIsTrained() throws IOException {
    Recipe recipe = recipe("data.max_length=3");
    var preview = new TextToText().preview(recipe, folder.resolve("base"), 2, LoadProgress.NONE);
    assertThat(preview.format()).isEqualTo("text_to_text");
    assertThat(preview.rows()).hasSize(2);
    assertThat(preview.rows().getFirst().pieces().getLast().trained()).isTrue();
    assertThat(preview.cutRows()).isZero();
  }

  @Test
  void aBaseThatReadsNoTextIsRefused() throws IOException {
    PicoWords.whisper(folder.resolve("base"), WORDS);
    Recipe recipe = recipe();
    assertThatThrownBy(
            () -> new TextToText().lesson(recipe, folder.resolve("base"), LoadProgress.NONE))
        .hasMessageContaining("reads text")
        .hasMessageContaining("T5");
  }

  private static List<Double> losses(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::loss).toList();
  }

  private RunFolder run(String name, String... settings) throws IOException {
    return RunFolder.create(folder.resolve("runs").resolve(name), recipe(settings));
  }

  private Recipe recipe(String... settings) throws IOException {
    Path file = folder.resolve("recipe.json");
    Files.writeString(
        file,
        """
        {"model": {"path": "base"},
         "data": {"train": "rows.jsonl", "eval_fraction": 0.2, "max_length": 16},
         "adapter": {"method": "lora", "rank": 16, "alpha": 32, "dropout": 0},
         "training": {"per_device_train_batch_size": 32, "gradient_accumulation_steps": 1,
           "max_steps": 250, "learning_rate": 0.005, "lr_scheduler_type": "linear", "eval_steps": 100, "save_steps": 0,
           "spectrum_steps": 0, "seed": 7, "threads": 1},
         "sampling": {"prompts": ["a b"], "max_tokens": 8}}
        """);
    return RecipeFile.read(file, List.of(settings));
  }
}
