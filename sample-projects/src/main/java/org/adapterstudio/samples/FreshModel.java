package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/** Writes an untrained Llama of the sample's size; the same seed gives the same weights. */
public final class FreshModel {
  static final int CONTEXT = 256;
  static final long SEED = 5;
  private static final int HIDDEN = 128;
  private static final int MLP = 384;
  private static final int LAYERS = 4;
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final double DEVIATION = 0.05;

  private FreshModel() {}

  /** {@code FOLDER}: adds configuration and weights beside the tokenizer that is there. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: FreshModel FOLDER (with tokenizer.json in it)");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    int vocabulary = Json.read(folder.resolve("tokenizer.json")).path("model").path("vocab").size();
    AtomicFile.write(folder.resolve("config.json"), Json.pretty(config(vocabulary)));
    AtomicFile.write(folder.resolve("generation_config.json"), Json.pretty(generation()));
    Files.write(folder.resolve("model.safetensors"), weights(vocabulary, SEED));
  }

  /** config.json as transformers writes it. */
  static ObjectNode config(int vocabulary) {
    ObjectNode config = Json.object();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama");
    config.put("hidden_size", HIDDEN);
    config.put("intermediate_size", MLP);
    config.put("num_hidden_layers", LAYERS);
    config.put("num_attention_heads", HEADS);
    config.put("num_key_value_heads", KV_HEADS);
    config.put("head_dim", HIDDEN / HEADS);
    config.put("vocab_size", vocabulary);
    config.put("max_position_embeddings", CONTEXT);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 10000.0);
    config.put("hidden_act", "silu");
    config.put("attention_bias", false);
    config.put("mlp_bias", false);
    config.put("tie_word_embeddings", true);
    config.put("initializer_range", DEVIATION);
    config.put("torch_dtype", "float32");
    config.setAll(generation());
    return config;
  }

  /** A safetensors file: norms at one, every matrix normal around zero. */
  static byte[] weights(int vocabulary, long seed) {
    return FreshWeights.file(shapes(vocabulary), DEVIATION, seed);
  }

  private static ObjectNode generation() {
    return Json.object()
        .put("bos_token_id", Chat.SPECIAL.indexOf(Chat.BEGIN))
        .put("eos_token_id", Chat.SPECIAL.indexOf(Chat.END))
        .put("pad_token_id", Chat.SPECIAL.indexOf(Chat.PAD));
  }

  private static Map<String, int[]> shapes(int vocabulary) {
    int keys = HIDDEN / HEADS * KV_HEADS;
    var shapes = new LinkedHashMap<String, int[]>();
    shapes.put("model.embed_tokens.weight", new int[] {vocabulary, HIDDEN});
    for (int layer = 0; layer < LAYERS; layer++) {
      String at = "model.layers." + layer + ".";
      shapes.put(at + "input_layernorm.weight", new int[] {HIDDEN});
      shapes.put(at + "self_attn.q_proj.weight", new int[] {HIDDEN, HIDDEN});
      shapes.put(at + "self_attn.k_proj.weight", new int[] {keys, HIDDEN});
      shapes.put(at + "self_attn.v_proj.weight", new int[] {keys, HIDDEN});
      shapes.put(at + "self_attn.o_proj.weight", new int[] {HIDDEN, HIDDEN});
      shapes.put(at + "post_attention_layernorm.weight", new int[] {HIDDEN});
      shapes.put(at + "mlp.gate_proj.weight", new int[] {MLP, HIDDEN});
      shapes.put(at + "mlp.up_proj.weight", new int[] {MLP, HIDDEN});
      shapes.put(at + "mlp.down_proj.weight", new int[] {HIDDEN, MLP});
    }
    shapes.put("model.norm.weight", new int[] {HIDDEN});
    return shapes;
  }
}
