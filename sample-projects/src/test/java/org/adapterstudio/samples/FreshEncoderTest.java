package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An untrained encoder learns to fill in words, then to tell praise from blame by an adapter. */
class FreshEncoderTest {
  private static final List<String> PRAISE =
      List.of("good", "great", "fine", "moving", "funny", "clever", "warm", "honest");
  private static final List<String> BLAME =
      List.of("bad", "dull", "weak", "boring", "stale", "clumsy", "cold", "fake");
  private static final List<String> THINGS =
      List.of("film", "plot", "script", "cast", "scene", "score", "story", "ending");

  @TempDir Path folder;
  private final List<String> texts = new ArrayList<>();

  @BeforeEach
  void writeReviewsAndModel() throws IOException {
    var random = new SplittableRandom(4);
    var lines = new ArrayList<String>();
    for (int i = 0; i < 600; i++) {
      boolean praise = random.nextBoolean();
      String text =
          "The %s was %s, its %s too."
              .formatted(
                  World.pick(random, THINGS),
                  World.pick(random, praise ? PRAISE : BLAME),
                  World.pick(random, THINGS));
      texts.add(text);
      lines.add(text + "\t" + (praise ? 1 : 0));
    }
    Files.write(folder.resolve("reviews.tsv"), lines);
    FreshEncoder.write(texts, folder.resolve("fresh"));
  }

  @Test
  void theSameTextsGiveTheSameFiles() throws IOException {
    FreshEncoder.write(texts, folder.resolve("again"));
    for (String file :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
      assertThat(folder.resolve("again").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("fresh").resolve(file));
    }
  }

  @Test
  void frequentWordsAreOnePieceAndRareOnesSeveral() throws IOException {
    try (var tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(folder.resolve("fresh"))
            .optTruncation(false)
            .optPadding(false)
            .build()) {
      assertThat(tokenizer.encode("The FILM", true, false).getTokens())
          .containsExactly("[CLS]", "the", "film", "[SEP]");
      assertThat(tokenizer.encode("films", "bad", true, false).getTypeIds())
          .containsExactly(0, 0, 0, 0, 1, 1);
      assertThat(tokenizer.encode("filmography", true, false).getTokens())
          .contains("film")
          .doesNotContain("[UNK]");
    }
  }

  @Test
  void anAdapterOnAnEncoderThatFilledInWordsTellsPraiseFromBlame()
      throws IOException, InterruptedException {
    var filling = run("words", "masked_lm", "fresh", "full", 40);
    var losses = filling.all(Event.Step.class).stream().map(Event.Step::loss).toList();
    assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
    var sorting = run("labels", "sequence_classification", "words/model", "lora", 120);
    var scores = sorting.last(Event.Evaluated.class).orElseThrow().scores();
    assertThat(scores.get("accuracy")).isGreaterThan(0.9);
    assertThat(folder.resolve("labels/adapter/head.json")).content().contains("\"0\"", "\"1\"");
  }

  private RunHistory run(String name, String task, String model, String method, int steps)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".json");
    Files.writeString(
        file,
        """
        {"model": {"path": "%s", "task": "%s"},
         "data": {"train": "reviews.tsv", "eval_fraction": 0.2, "max_length": 32,
           "columns": {"text": "1", "label": "2"}},
         "adapter": {"method": "%s", "rank": 8, "dropout": 0},
         "training": {"per_device_train_batch_size": 16, "gradient_accumulation_steps": 1,
           "max_steps": %d, "learning_rate": 0.003, "eval_steps": 0, "save_steps": 1000,
           "spectrum_steps": 0, "threads": 1}}
        """
            .formatted(model, task, method, steps));
    return EngineRuns.finished(folder.resolve(name), RecipeFile.read(file, List.of()));
  }
}
