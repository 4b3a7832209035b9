package org.adapterstudio.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * A decoder's sizes, read from a Hugging Face {@code config.json}.
 *
 * @param slidingWindow positions a token may look back, itself included; 0 is unlimited
 * @param eosIds tokens that end an answer
 */
public record DecoderConfig(
    String modelType,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    double normEps,
    double ropeTheta,
    RopeScaling ropeScaling,
    int contextLength,
    int slidingWindow,
    boolean qkvBias,
    boolean outputBias,
    boolean mlpBias,
    boolean tied,
    List<Integer> eosIds) {

  /** What differs between families beyond their config values. */
  private record Family(boolean qkvBias, boolean slidingWindow) {}

  private static final Map<String, Family> FAMILIES =
      Map.of(
          "llama", new Family(false, false),
          "mistral", new Family(false, true),
          "qwen2", new Family(true, true));

  /** Reads a model folder's config; every missing or unsupported value is named. */
  public static DecoderConfig read(Path modelFolder) {
    Path file = modelFolder.resolve("config.json");
    if (!Files.isDirectory(modelFolder)) {
      throw StudioException.badInput(
          modelFolder + " is not a folder.", "Give a Hugging Face model folder.");
    }
    JsonNode json = Json.read(file);
    String type = json.path("model_type").asText("");
    Family family = FAMILIES.get(type);
    if (family == null) {
      throw StudioException.badInput(
          file + ": model_type \"" + type + "\" is not supported yet.",
          "Supported: " + String.join(", ", FAMILIES.keySet().stream().sorted().toList()) + ".");
    }
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw StudioException.badInput(
          file + ": hidden_act \"" + activation + "\" is not supported.", "Supported: silu.");
    }
    return new Fields(json, file).config(type, family);
  }

  /** Every parameter with its shape, in the order of the network. */
  public SequencedMap<String, long[]> parameters() {
    var shapes = new java.util.LinkedHashMap<String, long[]>();
    shapes.put(EMBEDDING, new long[] {vocabularySize, hiddenSize});
    for (Linear linear : linears()) {
      if (linear.module().equals(HEAD)) {
        continue;
      }
      if (linear.module().endsWith("self_attn.q_proj")) {
        String layer = linear.module().substring(0, linear.module().indexOf(".self_attn"));
        shapes.put(layer + ".input_layernorm.weight", new long[] {hiddenSize});
      }
      if (linear.module().endsWith("mlp.gate_proj")) {
        String layer = linear.module().substring(0, linear.module().indexOf(".mlp"));
        shapes.put(layer + ".post_attention_layernorm.weight", new long[] {hiddenSize});
      }
      shapes.put(linear.weight(), new long[] {linear.out(), linear.in()});
      if (linear.hasBias()) {
        shapes.put(linear.bias(), new long[] {linear.out()});
      }
    }
    shapes.put("model.norm.weight", new long[] {hiddenSize});
    if (!tied) {
      shapes.put(HEAD + ".weight", new long[] {vocabularySize, hiddenSize});
    }
    return shapes;
  }

  /** Name of the token embedding's parameter. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** Name of the output head's module. */
  public static final String HEAD = "lm_head";

  /** Name of the parameter the output head multiplies with. */
  public String headWeight() {
    return tied ? EMBEDDING : HEAD + ".weight";
  }

  /** Every linear layer in the order of the network, the head last. */
  public List<Linear> linears() {
    var linears = new ArrayList<Linear>();
    int queries = heads * headSize;
    int keys = keyValueHeads * headSize;
    for (int i = 0; i < layers; i++) {
      String attention = "model.layers." + i + ".self_attn.";
      String mlp = "model.layers." + i + ".mlp.";
      linears.add(new Linear(attention + "q_proj", hiddenSize, queries, qkvBias, i));
      linears.add(new Linear(attention + "k_proj", hiddenSize, keys, qkvBias, i));
      linears.add(new Linear(attention + "v_proj", hiddenSize, keys, qkvBias, i));
      linears.add(new Linear(attention + "o_proj", queries, hiddenSize, outputBias, i));
      linears.add(new Linear(mlp + "gate_proj", hiddenSize, intermediateSize, mlpBias, i));
      linears.add(new Linear(mlp + "up_proj", hiddenSize, intermediateSize, mlpBias, i));
      linears.add(new Linear(mlp + "down_proj", intermediateSize, hiddenSize, mlpBias, i));
    }
    linears.add(new Linear(HEAD, hiddenSize, vocabularySize, false, -1));
    return linears;
  }

  /** Reads numbers off a config, naming the file and field where one is missing. */
  private record Fields(JsonNode json, Path file) {
    DecoderConfig config(String type, Family family) {
      int hidden = required("hidden_size");
      int heads = required("num_attention_heads");
      JsonNode scaling =
          json.path("rope_parameters").isObject()
              ? json.path("rope_parameters")
              : json.path("rope_scaling");
      boolean window = family.slidingWindow() && json.path("use_sliding_window").asBoolean(true);
      boolean attentionBias = json.path("attention_bias").asBoolean(family.qkvBias());
      return new DecoderConfig(
          type,
          required("vocab_size"),
          hidden,
          required("intermediate_size"),
          required("num_hidden_layers"),
          heads,
          json.path("num_key_value_heads").asInt(heads),
          json.path("head_dim").asInt(hidden / heads),
          json.path("rms_norm_eps").asDouble(1e-6),
          scaling.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10000)),
          RopeScaling.read(scaling, file.toString()),
          json.path("max_position_embeddings").asInt(2048),
          window ? json.path("sliding_window").asInt(0) : 0,
          family.qkvBias() || attentionBias,
          !family.qkvBias() && attentionBias,
          json.path("mlp_bias").asBoolean(false),
          json.path("tie_word_embeddings").asBoolean(false),
          eos());
    }

    private int required(String name) {
      int value = json.path(name).asInt(0);
      if (value < 1) {
        throw StudioException.badInput(
            file + ": the field " + name + " is missing or not a positive number.",
            "Copy the model's config.json again.");
      }
      return value;
    }

    private List<Integer> eos() {
      var ids = new ArrayList<Integer>();
      JsonNode node = json.path("eos_token_id");
      (node.isArray() ? node : List.of(node)).forEach(id -> ids.add(id.asInt(-1)));
      return ids.stream().filter(id -> id >= 0).toList();
    }
  }
}
