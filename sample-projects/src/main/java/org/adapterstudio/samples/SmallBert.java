package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * Writes the config of a small BERT and a tokenizer for some texts: what {@code studio new-model}
 * makes a base of, to be trained with hidden words. The same texts give the same files.
 */
public final class SmallBert {
  static final int CONTEXT = 64;
  private static final int HIDDEN = 128;
  private static final int MLP = 512;
  private static final int LAYERS = 2;
  private static final int HEADS = 4;
  private static final double DEVIATION = 0.02;

  private SmallBert() {}

  /** {@code TEXTS.tsv FOLDER}: a text is what stands before a line's first tab. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: SmallBert TEXTS.tsv FOLDER");
      System.exit(2);
    }
    List<String> texts =
        Files.readAllLines(Path.of(args[0])).stream().map(line -> line.split("\t")[0]).toList();
    write(texts, Path.of(args[1]));
  }

  /** Writes the folder's three files. */
  static void write(List<String> texts, Path folder) throws IOException {
    List<String> pieces = WordPieces.learn(texts);
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("tokenizer.json"), WordPieces.tokenizer(pieces));
    AtomicFile.write(folder.resolve("tokenizer_config.json"), WordPieces.config());
    AtomicFile.write(folder.resolve("config.json"), Json.pretty(config(pieces.size())));
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
}
