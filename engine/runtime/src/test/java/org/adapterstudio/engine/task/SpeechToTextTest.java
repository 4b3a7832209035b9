package org.adapterstudio.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.PicoWords;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.run.RunEngine;
import org.adapterstudio.engine.sound.Wav;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechToTextTest {
  private static final List<String> WORDS = List.of("low", "middle", "high");
  private static final int[] HERTZ = {150, 350, 700};
  private static final int RATE = 2000;
  private static final int SOUNDS = 100;

  @TempDir Path folder;
  private Path sounds;

  /** Sounds of three tones each, spelled out beside them. */
  @BeforeEach
  void makeProject() throws IOException {
    PicoWords.whisper(folder.resolve("base"), WORDS);
    sounds = Files.createDirectories(folder.resolve("sounds"));
    var random = new SplittableRandom(5);
    var metadata = new StringBuilder("file_name,transcription\n");
    for (int i = 0; i < SOUNDS; i++) {
      int[] tones = random.ints(3, 0, WORDS.size()).toArray();
      Wav.write(sounds.resolve(i + ".wav"), played(tones, random), RATE);
      metadata.append(
          "%d.wav,%s %s %s%n".formatted(i, word(tones, 0), word(tones, 1), word(tones, 2)));
    }
    Files.writeString(sounds.resolve("metadata.csv"), metadata);
  }

  @Test
  void anAdapterLearnsToSpellTones() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("runs/tones"), recipe());
    assertThat(RunEngine.run(run.path())).isTrue();
    var measured = RunHistory.of(run).all(Event.Evaluated.class);
    // Two of three words are wrong when they are guessed.
    assertThat(measured.getFirst().scores().get("word_error_rate")).isGreaterThan(0.6);
    assertThat(measured.getLast().scores().get("word_error_rate")).isLessThan(0.3);
    assertThat(measured.getLast().evalLoss()).isLessThan(measured.getFirst().evalLoss() / 3);
    var sampled = RunHistory.of(run).last(Event.Sampled.class).orElseThrow();
    assertThat(sampled.adapter()).matches("(low|middle|high)( (low|middle|high))*");
  }

  @Test
  void aPreviewShowsEachSoundWithWhatIsSaid() throws IOException {
    Files.writeString(sounds.resolve("0.wav"), "no sound");
    Recipe recipe = recipe("data.max_length=3");
    var preview = new SpeechToText().preview(recipe, folder.resolve("base"), 2, LoadProgress.NONE);
    assertThat(preview.trainRows() + preview.evalRows()).isEqualTo(SOUNDS - 1);
    assertThat(preview.badRows()).hasSize(1);
    assertThat(preview.cutRows()).isEqualTo(preview.trainRows());
    var pieces = preview.rows().getFirst().pieces();
    assertThat(pieces.getFirst().text()).contains(".wav");
    assertThat(pieces.getLast().trained()).isTrue();
    assertThat(preview.problems()).extracting(Problem::path).contains("data.skip_bad_rows");
  }

  private static String word(int[] tones, int at) {
    return WORDS.get(tones[at]);
  }

  /** A third of a second each, a little louder or softer, higher or lower, with some noise. */
  private static float[] played(int[] tones, SplittableRandom random) {
    float[] samples = new float[RATE];
    double loudness = random.nextDouble(0.2, 0.8);
    double tune = random.nextDouble(0.95, 1.05);
    for (int i = 0; i < samples.length; i++) {
      int tone = tones[Math.min(2, 3 * i / samples.length)];
      double angle = 2 * Math.PI * HERTZ[tone] * tune * i / RATE;
      samples[i] = (float) (loudness * Math.sin(angle) + random.nextDouble(-0.02, 0.02));
    }
    return samples;
  }

  private Recipe recipe(String... settings) throws IOException {
    Path file = folder.resolve("recipe.json");
    Files.writeString(
        file,
        """
        {"model": {"path": "base"},
         "data": {"train": "sounds", "eval_fraction": 0.2},
         "adapter": {"method": "lora", "rank": 16, "alpha": 32, "dropout": 0},
         "training": {"per_device_train_batch_size": 16, "gradient_accumulation_steps": 1,
           "max_steps": 150, "learning_rate": 0.005, "lr_scheduler_type": "linear",
           "eval_steps": 50, "save_steps": 0, "spectrum_steps": 0, "seed": 7, "threads": 1},
         "sampling": {"prompts": ["3.wav"], "max_tokens": 8}}
        """);
    return RecipeFile.read(file, List.of(settings));
  }
}
