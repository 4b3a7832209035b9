package org.adapterstudio.engine.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.contract.arena.Trial;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.export.UntrainedModel;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.task.Tasks;
import org.adapterstudio.engine.train.Trainer;

/**
 * The tasks of an arena, made in its folder: orders, where the sample project's base learns to
 * answer with JSON, and countdown, where a tiny base that has learnt to count up must count down.
 */
final class Tracks {
  /** The sample project's task. */
  static final String ORDERS = "orders";

  /** The generated task. */
  static final String COUNTDOWN = "countdown";

  private static final int HELD_OUT = 48;
  private static final int FIRST_STEPS = 200;
  private static final List<String> NUMBERS =
      List.of(
          "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve");
  private static final String SIZES =
      """
      {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64,
       "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
       "num_key_value_heads": 2, "vocab_size": 608, "max_position_embeddings": 128,
       "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
       "initializer_range": 0.05, "tie_word_embeddings": true, "torch_dtype": "float32",
       "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}
      """;

  private final Path project;
  private final Path folder;
  private final int threads;

  /**
   * Makes what is not there yet.
   *
   * @param project the sample project whose base and rows are used
   * @param folder for everything made
   */
  Tracks(Path project, Path folder, int threads) {
    this.project = project;
    this.folder = folder;
    this.threads = threads;
  }

  /** Tasks by name. */
  SequencedMap<String, Stage> open(List<String> names) {
    var stages = new LinkedHashMap<String, Stage>();
    for (String name : names) {
      stages.put(
          name,
          switch (name) {
            case ORDERS -> new Stage(orders(), true);
            case COUNTDOWN -> new Stage(countdown(), false);
            default -> throw new IllegalArgumentException("No task " + name);
          });
    }
    return stages;
  }

  /** The settings of one trial: a constant rate, so that a short run is the start of a long one. */
  static Recipe.Training training(Recipe.Training given, Trial.Key key) {
    return new Recipe.Training(
        given.perDeviceTrainBatchSize(),
        1,
        key.steps(),
        null,
        key.learningRate(),
        "constant",
        0,
        0.0,
        "adamw",
        0.0,
        1.0,
        0,
        0,
        1,
        0,
        key.seed(),
        given.threads(),
        "cpu",
        false,
        false,
        null);
  }

  private Recipe orders() {
    Path heldOut = folder.resolve("orders.jsonl");
    if (!Files.exists(heldOut)) {
      write(
          heldOut,
          lines(project.resolve("data").resolve("eval.jsonl")).stream().limit(HELD_OUT).toList());
    }
    return recipe(project.resolve("recipe.json"), List.of("data.eval=" + heldOut));
  }

  private Recipe countdown() {
    Path base = folder.resolve("countdown").resolve("base");
    Path down = folder.resolve("countdown").resolve("down.jsonl");
    if (!Files.exists(base.resolve("config.json"))) {
      makeTinyBase(base);
    }
    write(down, counts(400, 2, true));
    write(down.resolveSibling("held-out.jsonl"), counts(HELD_OUT, 3, true));
    return recipe(texts(base, "down.jsonl"), List.of());
  }

  /** A base that counts up. */
  private void makeTinyBase(Path base) {
    Path from = folder.resolve("countdown").resolve("sizes");
    Path untrained = folder.resolve("countdown").resolve("untrained");
    write(from.resolve("config.json"), List.of(SIZES.strip()));
    copy("tokenizer.json", from);
    copy("tokenizer_config.json", from);
    UntrainedModel.write(from, untrained, 5);
    write(base.resolveSibling("up.jsonl"), counts(400, 1, false));
    write(base.resolveSibling("held-out.jsonl"), counts(HELD_OUT, 4, false));
    Recipe recipe = recipe(texts(untrained, "up.jsonl"), List.of());
    var key = new Trial.Key(COUNTDOWN, "full", 0.003, 1, FIRST_STEPS);
    try (var lesson = Tasks.lesson(recipe, LoadProgress.NONE);
        var empty = BaseModel.load(untrained, "float32");
        var model = AdaptedModel.attach(empty, Recipe.Adapter.of("full"), 1)) {
      try (var trainer = new Trainer(model, training(recipe.training(), key), FIRST_STEPS)) {
        for (int step = 1; step <= FIRST_STEPS; step++) {
          trainer.step(step, List.of(lesson.microBatch(step - 1)));
        }
      }
      MergedModel.write(model, base, "A tiny base that counts up.\n");
    }
  }

  private Path texts(Path base, String rows) {
    Path file = folder.resolve("countdown").resolve(rows.replace(".jsonl", "-recipe.json"));
    var json = Json.object();
    json.putObject("model").put("path", base.toString());
    json.putObject("data")
        .put("train", file.resolveSibling(rows).toString())
        .put("eval", file.resolveSibling("held-out.jsonl").toString())
        .put("format", "text")
        .put("max_length", 48);
    write(file, List.of(Json.pretty(json)));
    return file;
  }

  private Recipe recipe(Path file, List<String> more) {
    var settings = new ArrayList<String>(more);
    settings.add("training.per_device_train_batch_size=8");
    settings.add("training.gradient_accumulation_steps=1");
    settings.add("training.threads=" + threads);
    return RecipeFile.read(file, settings);
  }

  private static List<String> counts(int rows, long seed, boolean down) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var lines = new ArrayList<String>();
    for (int row = 0; row < rows; row++) {
      int at = random.nextInt(NUMBERS.size());
      var words = new ArrayList<String>();
      for (int i = 0; i < 6; i++) {
        words.add(NUMBERS.get(Math.floorMod(down ? at - i : at + i, NUMBERS.size())));
      }
      lines.add(Json.line(Json.object().put("text", String.join(" ", words))));
    }
    return lines;
  }

  private void copy(String name, Path to) {
    try {
      Files.copy(
          project.resolve("base").resolve(name),
          to.resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
