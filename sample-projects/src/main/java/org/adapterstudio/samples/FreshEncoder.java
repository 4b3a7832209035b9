package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * Writes an untrained BERT and a tokenizer for some texts, from which pre-training with hidden
 * words can start; the same texts give the same files.
 */
public final class FreshEncoder {
  static final int CONTEXT = 64;
  private static final int HIDDEN = 128;
  private static final int MLP = 512;
  private static final int LAYERS = 2;
  private static final int HEADS = 4;
  private static final double DEVIATION = 0.02;
  private static final long SEED = 1;

  private FreshEncoder() {}

  /** {@code TEXTS.tsv FOLDER}: a text is what stands before a line's first tab. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: FreshEncoder TEXTS.tsv FOLDER");
      System.exit(2);
    }
    List<String> texts =
        Files.readAllLines(Path.of(args[0])).stream().map(line -> line.split("\t")[0]).toList();
    write(texts, Path.of(args[1]));
  }

  /** Writes the folder's four files. */
  static void write(List<String> texts, Path folder) throws IOException {
    List<String> pieces = WordPieces.learn(texts);
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("tokenizer.json"), WordPieces.tokenizer(pieces));
    AtomicFile.write(folder.resolve("tokenizer_config.json"), WordPieces.config());
    AtomicFile.write(folder.resolve("config.json"), Json.pretty(config(pieces.size())));
    Files.write(
        folder.resolve("model.safetensors"),
        FreshWeights.file(shapes(pieces.size()), DEVIATION, SEED));
  }

  private static ObjectNode config(int vocabulary) {
    ObjectNode config = Json.object();
    config.putArray("architectures").add("BertForMaskedLM");
    config.put("model_type", "bert");
    config.put("vocab_size", vocabulary);
    config.put("hidden_size", HIDDEN);
    config.put("intermediate_size", MLP);
    config.put("num_hidden_layers", LAYERS);
    config.put("num_attention_heads", HEADS);
    config.put("max_position_embeddings", CONTEXT);
    config.put("type_vocab_size", 2);
    config.put("hidden_act", "gelu");
    config.put("layer_norm_eps", 1e-12);
    config.put("initializer_range", DEVIATION);
    config.put("pad_token_id", WordPieces.SPECIAL.indexOf(WordPieces.PAD));
    config.put("tie_word_embeddings", true);
    config.put("torch_dtype", "float32");
    return config;
  }

  private static Map<String, int[]> shapes(int vocabulary) {
    var shapes = new LinkedHashMap<String, int[]>();
    shapes.put("bert.embeddings.word_embeddings.weight", new int[] {vocabulary, HIDDEN});
    shapes.put("bert.embeddings.position_embeddings.weight", new int[] {CONTEXT, HIDDEN});
    shapes.put("bert.embeddings.token_type_embeddings.weight", new int[] {2, HIDDEN});
    norm(shapes, "bert.embeddings.LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String at = "bert.encoder.layer." + layer + ".";
      for (String name : List.of("query", "key", "value")) {
        linear(shapes, at + "attention.self." + name, HIDDEN, HIDDEN);
      }
      linear(shapes, at + "attention.output.dense", HIDDEN, HIDDEN);
      norm(shapes, at + "attention.output.LayerNorm");
      linear(shapes, at + "intermediate.dense", HIDDEN, MLP);
      linear(shapes, at + "output.dense", MLP, HIDDEN);
      norm(shapes, at + "output.LayerNorm");
    }
    linear(shapes, "cls.predictions.transform.dense", HIDDEN, HIDDEN);
    norm(shapes, "cls.predictions.transform.LayerNorm");
    shapes.put("cls.predictions.bias", new int[] {vocabulary});
    return shapes;
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {out, in});
    shapes.put(name + ".bias", new int[] {out});
  }

  private static void norm(Map<String, int[]> shapes, String name) {
    shapes.put(name + ".weight", new int[] {HIDDEN});
    shapes.put(name + ".bias", new int[] {HIDDEN});
  }
}
