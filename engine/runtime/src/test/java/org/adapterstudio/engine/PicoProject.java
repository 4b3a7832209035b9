package org.adapterstudio.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/** A whole tiny project on disk: a random Llama with a byte-level tokenizer, rows, a recipe. */
public final class PicoProject {
  private final Path folder;
  private final Shape shape;

  /**
   * Sizes of the base.
   *
   * @param vocabulary at least the 258 tokens of the tokenizer
   * @param dtype it is stored in: F32, BF16 or F16
   */
  public record Shape(
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int keyValueHeads,
      int vocabulary,
      int context,
      String dtype) {
    static final Shape PICO = new Shape(32, 48, 2, 4, 2, 258, 64, "F32");
  }

  /** Writes base and data into a folder. */
  public PicoProject(Path folder) {
    this(folder, Shape.PICO);
  }

  /** Writes a base of these sizes and data into a folder. */
  public PicoProject(Path folder, Shape shape) {
    this.folder = folder;
    this.shape = shape;
    try {
      Files.createDirectories(base());
      write(base().resolve("config.json"), config());
      write(base().resolve("tokenizer.json"), tokenizer());
      write(
          base().resolve("tokenizer_config.json"),
          "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}");
      writeWeights();
      write(rows(), lines(40));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model folder. */
  public Path base() {
    return folder.resolve("base");
  }

  /** The training rows. */
  public Path rows() {
    return folder.resolve("rows.jsonl");
  }

  /** A recipe with overriding settings in the form {@code training.max_steps=12}. */
  public Recipe recipe(String... settings) {
    Path file = folder.resolve("recipe.json");
    write(
        file,
        """
        {"model": {"path": "base"},
         "data": {"train": "rows.jsonl", "eval_fraction": 0.1, "max_length": 32},
         "adapter": {"method": "lora", "rank": 4, "alpha": 8, "dropout": 0.05},
         "training": {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 2,
           "max_steps": 12, "learning_rate": 0.01, "eval_steps": 5, "save_steps": 3,
           "spectrum_steps": 4, "seed": 7, "threads": 1}}
        """);
    return RecipeFile.read(file, List.of(settings));
  }

  /** A fresh run folder of that recipe. */
  public RunFolder run(String name, String... settings) {
    return RunFolder.create(folder.resolve("runs").resolve(name), recipe(settings));
  }

  /** Replaces the rows. */
  public void writeRows(List<String> lines) {
    write(rows(), String.join("\n", lines) + "\n");
  }

  private static String lines(int count) {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"text\": \"row %d says %s\"}%n".formatted(i, "ab ".repeat(1 + i % 5)));
    }
    return lines.toString();
  }

  private String config() {
    return """
    {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": %d,
     "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
     "num_key_value_heads": %d, "vocab_size": %d, "max_position_embeddings": %d,
     "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
     "tie_word_embeddings": true, "bos_token_id": 256, "eos_token_id": 257}
    """
        .formatted(
            shape.hidden(),
            shape.intermediate(),
            shape.layers(),
            shape.heads(),
            shape.keyValueHeads(),
            shape.vocabulary(),
            shape.context());
  }

  /** Byte-level, no merges: 256 letters and two special tokens. */
  private static String tokenizer() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    int next = 0;
    var others = new ArrayList<Integer>();
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
      if (printable) {
        vocabulary.put(String.valueOf((char) b), next++);
      } else {
        others.add(b);
      }
    }
    for (int i = 0; i < others.size(); i++) {
      vocabulary.put(String.valueOf((char) (256 + i)), next++);
    }
    vocabulary.put("<s>", 256);
    vocabulary.put("</s>", 257);
    return org.adapterstudio.contract.json.Json.pretty(
        Map.of(
            "version", "1.0",
            "added_tokens", List.of(special(256, "<s>"), special(257, "</s>")),
            "pre_tokenizer",
                Map.of(
                    "type",
                    "ByteLevel",
                    "add_prefix_space",
                    false,
                    "trim_offsets",
                    true,
                    "use_regex",
                    true),
            "decoder",
                Map.of(
                    "type",
                    "ByteLevel",
                    "add_prefix_space",
                    true,
                    "trim_offsets",
                    true,
                    "use_regex",
                    true),
            "model", Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of())));
  }

  private static Map<String, Object> special(int id, String content) {
    return Map.of(
        "id",
        id,
        "content",
        content,
        "single_word",
        false,
        "lstrip",
        false,
        "rstrip",
        false,
        "normalized",
        false,
        "special",
        true);
  }

  private void writeWeights() {
    var random = new java.util.SplittableRandom(11);
    double spread = Math.min(0.1, 1 / Math.sqrt(shape.hidden()));
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    Networks.read(base())
        .parameters()
        .forEach(
            (name, sides) ->
                entries.put(
                    name,
                    new SafetensorsWriter.Entry(
                        shape.dtype(),
                        sides,
                        () -> values(random, sides, name.contains("norm"), spread))));
    SafetensorsWriter.write(base().resolve("model.safetensors"), entries, Map.of("format", "pt"));
  }

  private static float[] values(
      java.util.SplittableRandom random, long[] sides, boolean norm, double spread) {
    float[] values = new float[(int) java.util.Arrays.stream(sides).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = norm ? 1f : (float) (random.nextGaussian() * spread);
    }
    return values;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
