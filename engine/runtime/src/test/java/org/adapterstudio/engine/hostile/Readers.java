package org.adapterstudio.engine.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.library.LibraryScan;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.tensors.TorchFile;
import org.adapterstudio.engine.data.Examples;
import org.adapterstudio.engine.image.ImageFile;
import org.adapterstudio.engine.image.ImageHeader;
import org.adapterstudio.engine.image.ImagePreparation;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.sound.SoundPreparation;
import org.adapterstudio.engine.sound.WavFile;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.TorchNumbers;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * The readers of strangers' files, with sound files of each kind.
 *
 * <p>A reader may take {@code fixed} bytes of memory for whatever file, and {@code factor} bytes
 * for each of the file's own: trees of JSON nodes and texts are larger than their text, and a
 * packed picture stands for up to a thousand times its bytes.
 */
enum Readers {
  SAFETENSORS(true, 1 << 20, 200),
  CONFIG(true, 8 << 20, 400),
  INDEX(true, 8 << 20, 400),
  TOKENIZER(true, 8 << 20, 200),
  PREPARATION(true, 16 << 20, 400),
  PICTURE(false, 1 << 20, 8 * 1024),
  SOUND(false, 1 << 18, 16),
  PICKLE(false, 1 << 20, 200),
  VOCABULARY(true, 8 << 20, 200),
  /**
   * The Parquet library makes room by what pages and columns declare: 77 MB for a sound file of 1
   * kB, seen to 748 MB for a damaged one. What it cannot have is refused in words.
   */
  ROWS(false, 1 << 30, 400);

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path PREPARED = GOLDEN.resolve("selfmade/preparation");
  private static final Path TORCH = Path.of("../contract/src/test/resources/pytorch");
  private static final Path TOKENIZERS = Path.of("src/test/resources/tokenizers");
  private static final Path VOCABULARIES = Path.of("src/test/resources/vocabularies");
  private static final Path PARQUET = Path.of("src/test/resources/parquet");

  private final boolean text;
  private final long fixed;
  private final long factor;

  Readers(boolean text, long fixed, long factor) {
    this.text = text;
    this.fixed = fixed;
    this.factor = factor;
  }

  /** Whether damaged bytes are mostly text. */
  boolean text() {
    return text;
  }

  /** Most bytes of the heap that reading a file, and those beside it, may take. */
  long limit(Path file) throws IOException {
    long size = 0;
    try (var files = Files.list(file.getParent())) {
      for (Path one : this == VOCABULARY ? files.toList() : List.of(file)) {
        size += Files.size(one);
      }
    }
    return fixed + factor * size;
  }

  /** What is done with a file: everything that a start of a run would do. */
  Consumer<Path> reader() {
    return switch (this) {
      case SAFETENSORS -> Readers::safetensors;
      case CONFIG, INDEX -> file -> model(file.getParent());
      case TOKENIZER -> file -> tokenizer(file.getParent());
      case PREPARATION -> file -> preparation(file.getParent());
      case PICTURE -> Readers::picture;
      case SOUND -> Readers::sound;
      case PICKLE -> Readers::pickle;
      case VOCABULARY -> file -> tokenizer(file.getParent());
      case ROWS -> Readers::rows;
    };
  }

  private static void safetensors(Path file) {
    LibraryScan.all(file.getParent());
    try (var tensors = SafetensorsFile.open(file)) {
      for (var tensor : tensors.header().tensors()) {
        if (tensor.dtype().matches("I.*|U8|BOOL")) {
          tensors.longs(tensor.name());
        } else {
          tensors.floats(tensor.name());
        }
      }
    }
  }

  private static void model(Path folder) {
    LibraryScan.all(folder);
    BaseModel.load(folder, "float32").close();
  }

  private static void tokenizer(Path folder) {
    try (var tokenizer = Tokenizer.load(folder)) {
      int[] ids = tokenizer.encode("Grüße (the 2nd film), ok? \u4e16\ud83d\ude00", true);
      tokenizer.encodeWithOffsets("a film", false);
      tokenizer.decode(ids, true);
    }
  }

  private static void preparation(Path folder) {
    StudioException refused = null;
    try {
      ImagePreparation.read(folder).prepare(List.of(PREPARED.resolve("images/small.png")));
    } catch (StudioException e) {
      refused = e;
    }
    SoundPreparation.read(folder).prepare(List.of(PREPARED.resolve("sounds/silence.wav")));
    if (refused != null) {
      throw refused;
    }
  }

  private static void picture(Path file) {
    ImageHeader.read(file);
    ImageFile.read(file, 3);
  }

  private static void sound(Path file) {
    WavFile.check(file);
    WavFile.read(file, 30);
  }

  private static void pickle(Path file) {
    TorchFile.read(file);
    TorchNumbers.read(file);
  }

  private static void rows(Path file) {
    Examples.read(file, Recipe.Data.of(file.toString()));
  }

  /** Sound files, written into a working folder with what a reader needs beside them. */
  List<Seed> seeds(Path work) throws IOException {
    return switch (this) {
      case SAFETENSORS -> safetensorsSeeds(work);
      case CONFIG -> configSeeds(work);
      case INDEX ->
          List.of(
              Seed.of(copy(GOLDEN.resolve("models/qwen2"), work, "model.safetensors.index.json")));
      case TOKENIZER -> tokenizerSeeds(work);
      case PREPARATION -> preparationSeeds(work);
      case PICTURE -> files(PREPARED.resolve("images"), work, true);
      case SOUND -> files(PREPARED.resolve("sounds"), work, false);
      case PICKLE -> pickleSeeds(work);
      case VOCABULARY -> vocabularySeeds(work);
      case ROWS -> rowSeeds(work);
    };
  }

  private static List<Seed> safetensorsSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (Path model : List.of(TORCH, GOLDEN.resolve("selfmade/llama_mixed"))) {
      String name = model == TORCH ? "expected.safetensors" : "model.safetensors";
      Path file = copy(model, work, name);
      byte[] whole = Files.readAllBytes(file);
      seeds.add(Seed.of(file));
      seeds.add(new Seed(file, Wrapping.header(whole), json -> Wrapping.safetensors(json, whole)));
    }
    return seeds;
  }

  private static List<Seed> configSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (String name : List.of("models/llama", "models/qwen2")) {
      seeds.add(Seed.of(copy(GOLDEN.resolve(name), work, "config.json")));
    }
    try (var models = Files.list(GOLDEN.resolve("selfmade"))) {
      for (Path model : models.filter(m -> Files.exists(m.resolve("model.safetensors"))).toList()) {
        if (!model.toString().endsWith("_v4")) {
          seeds.add(Seed.of(copy(model, work, "config.json")));
        }
      }
    }
    return seeds;
  }

  private static List<Seed> tokenizerSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (String name : List.of("bytes", "pieces", "wordpiece")) {
      Path file = copy(TOKENIZERS.resolve(name), work, "tokenizer.json");
      seeds.add(Seed.of(file));
      seeds.add(Seed.of(file.resolveSibling("tokenizer_config.json")));
    }
    return seeds;
  }

  private static List<Seed> vocabularySeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    try (var models = Files.list(VOCABULARIES)) {
      for (Path model : models.sorted().toList()) {
        Path copied = copy(model, work, "cases.json").getParent();
        Files.delete(copied.resolve("cases.json"));
        try (var files = Files.list(copied)) {
          files.sorted().map(Seed::of).forEach(seeds::add);
        }
      }
    }
    return seeds;
  }

  private static List<Seed> rowSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (String name : List.of("chats_snappy", "chats_zstd", "pairs_dictionary", "pairs_delta")) {
      seeds.add(Seed.of(copy(PARQUET, work, name + ".parquet")));
    }
    String rows = "question,answer\nWhat?,\"It, is\"\nWho?,She\n";
    Path folder = Files.createDirectories(work.resolve("rows"));
    seeds.add(Seed.of(Files.writeString(folder.resolve("rows.csv"), rows)));
    String lines =
        "{\"question\": \"What?\", \"answer\": \"It\"}\n"
            + "{\"question\": \"Who?\", \"answer\": \"She\"}\n";
    seeds.add(Seed.of(Files.writeString(folder.resolve("rows.jsonl"), lines)));
    String list = "[" + lines.strip().replace("\n", ",") + "]";
    seeds.add(Seed.of(Files.writeString(folder.resolve("rows.json"), list)));
    return seeds;
  }

  private static List<Seed> preparationSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (String name : List.of("images/vit", "images/clip", "images/clip_old", "log_mel/small")) {
      Path model = GOLDEN.resolve("selfmade").resolve(name);
      seeds.add(Seed.of(copy(model, work, "preprocessor_config.json")));
    }
    return seeds;
  }

  private static List<Seed> files(Path from, Path work, boolean pictures) throws IOException {
    var seeds = new ArrayList<Seed>();
    try (var files = Files.list(from)) {
      for (Path one : files.sorted().toList()) {
        Path file = copy(from, work, one.getFileName().toString());
        seeds.add(Seed.of(file));
        if (pictures && file.toString().endsWith(".png")) {
          seeds.add(Seed.of(file, Wrapping::png));
        }
      }
    }
    return seeds;
  }

  private static List<Seed> pickleSeeds(Path work) throws IOException {
    var seeds = new ArrayList<Seed>();
    for (String name : List.of("state.bin", "nested.pt", "script.pt", "traced.pt")) {
      Path file = copy(TORCH, work, name);
      seeds.add(Seed.of(file));
      Map<String, byte[]> parts = Wrapping.parts(file);
      for (String part : parts.keySet()) {
        if (part.endsWith("/data.pkl")) {
          seeds.add(new Seed(file, parts.get(part), bytes -> Wrapping.zip(parts, part, bytes)));
        }
      }
    }
    return seeds;
  }

  /** Copies the files of a folder into the working folder; the answer is one of the copies. */
  private static Path copy(Path folder, Path work, String name) throws IOException {
    Path target = work.resolve(folder.getFileName().toString());
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(file.getFileName().toString());
        if (!Files.exists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
    return target.resolve(name);
  }
}
