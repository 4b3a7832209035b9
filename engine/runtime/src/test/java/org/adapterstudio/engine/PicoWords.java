package org.adapterstudio.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/** Tiny random encoder-decoders whose tokenizer knows a few words, set apart by blanks. */
public final class PicoWords {
  private static final List<String> SPECIAL = List.of("<pad>", "</s>", "<unk>", "<start>");

  private PicoWords() {}

  /** A T5 that reads and writes the words. */
  public static Path t5(Path folder, List<String> words) {
    return write(
        folder,
        words,
        """
        {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5", "d_model": 32,
         "d_kv": 8, "d_ff": 64, "num_layers": 1, "num_heads": 4, "vocab_size": %d,
         "relative_attention_num_buckets": 16, "relative_attention_max_distance": 16,
         "feed_forward_proj": "relu", "tie_word_embeddings": true, "pad_token_id": 0,
         "eos_token_id": 1, "decoder_start_token_id": 0}
        """
            .formatted(SPECIAL.size() + words.size()));
  }

  /** A Whisper that hears a second of sound at 2000 samples and writes the words. */
  public static Path whisper(Path folder, List<String> words) {
    write(
        folder,
        words,
        """
        {"architectures": ["WhisperForConditionalGeneration"], "model_type": "whisper",
         "d_model": 32, "encoder_layers": 1, "encoder_attention_heads": 4, "encoder_ffn_dim": 64,
         "decoder_layers": 1, "decoder_attention_heads": 4, "decoder_ffn_dim": 64,
         "num_mel_bins": 16, "max_source_positions": 25, "max_target_positions": 16,
         "vocab_size": %d, "pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 3}
        """
            .formatted(SPECIAL.size() + words.size()));
    write(
        folder.resolve("preprocessor_config.json"),
        """
        {"feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 16,
         "sampling_rate": 2000, "hop_length": 40, "n_fft": 100, "chunk_length": 1}
        """);
    return folder;
  }

  private static Path write(Path folder, List<String> words, String config) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(folder.resolve("config.json"), config);
    write(folder.resolve("tokenizer.json"), Json.pretty(tokenizer(words)));
    write(
        folder.resolve("tokenizer_config.json"),
        "{\"pad_token\": \"<pad>\", \"eos_token\": \"</s>\", \"unk_token\": \"<unk>\"}");
    weights(folder);
    return folder;
  }

  /** Whole words, closed with the end token. */
  private static Map<String, Object> tokenizer(List<String> words) {
    var vocabulary = new LinkedHashMap<String, Integer>();
    SPECIAL.forEach(word -> vocabulary.put(word, vocabulary.size()));
    words.forEach(word -> vocabulary.put(word, vocabulary.size()));
    var tokenizer = new LinkedHashMap<String, Object>();
    tokenizer.put("version", "1.0");
    tokenizer.put(
        "added_tokens", SPECIAL.stream().map(word -> special(vocabulary.get(word), word)).toList());
    tokenizer.put("pre_tokenizer", Map.of("type", "WhitespaceSplit"));
    var text = Map.of("Sequence", Map.of("id", "A", "type_id", 0));
    var end = Map.of("SpecialToken", Map.of("id", "</s>", "type_id", 0));
    tokenizer.put(
        "post_processor",
        Map.of(
            "type", "TemplateProcessing",
            "single", List.of(text, end),
            "pair", List.of(text, end),
            "special_tokens",
                Map.of(
                    "</s>", Map.of("id", "</s>", "ids", List.of(1), "tokens", List.of("</s>")))));
    tokenizer.put("model", Map.of("type", "WordLevel", "vocab", vocabulary, "unk_token", "<unk>"));
    return tokenizer;
  }

  private static Map<String, Object> special(int id, String content) {
    return Map.of(
        "id", id,
        "content", content,
        "single_word", false,
        "lstrip", false,
        "rstrip", false,
        "normalized", false,
        "special", true);
  }

  private static void weights(Path folder) {
    var random = new SplittableRandom(11);
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    Networks.read(folder)
        .parameters()
        .forEach(
            (name, shape) ->
                entries.put(
                    name,
                    SafetensorsWriter.float32(new Values(values(random, name, shape), shape))));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), entries, Map.of("format", "pt"));
  }

  private static float[] values(SplittableRandom random, String name, long[] shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    boolean norm = name.contains("norm");
    boolean table = name.contains("shared") || name.contains("embed");
    double spread = table ? 1 : shape.length == 1 ? 0 : 1 / Math.sqrt(values.length / shape[0]);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          norm && name.endsWith("weight")
              ? 1f
              : (float) (random.nextGaussian() * (norm ? 0 : spread));
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
