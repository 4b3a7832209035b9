package org.adapterstudio.app.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.Json;

/** Writes small model, adapter and data folders whose headers are real and whose numbers are 0. */
public final class TinyModels {
  private TinyModels() {}

  /** A Llama folder of a hidden size; returns it. */
  public static Path llama(Path folder, int hidden) {
    return model(folder, "LlamaForCausalLM", "llama", hidden);
  }

  /** A model folder of any architecture; returns it. */
  public static Path model(Path folder, String architecture, String type, int hidden) {
    write(
        folder.resolve("config.json"),
        """
        {"architectures": ["%s"], "model_type": "%s", "hidden_size": %d,
         "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 64,
         "rms_norm_eps": 1e-05, "tie_word_embeddings": true}
        """
            .formatted(architecture, type, hidden));
    var shapes = new LinkedHashMap<String, long[]>();
    shapes.put("model.embed_tokens.weight", new long[] {64, hidden});
    for (int layer = 0; layer < 2; layer++) {
      for (String projection : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
        shapes.put(
            "model.layers." + layer + ".self_attn." + projection + ".weight",
            new long[] {hidden, hidden});
      }
    }
    safetensors(folder.resolve("model.safetensors"), shapes);
    return folder;
  }

  /** A Llama folder of any size: its header is whole, its numbers are a hole in the file. */
  public static Path large(Path folder, int hidden, int layers, int vocabulary) {
    write(
        folder.resolve("config.json"),
        """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": %d,
         "num_hidden_layers": %d, "num_attention_heads": 16, "vocab_size": %d,
         "rms_norm_eps": 1e-05, "tie_word_embeddings": true}
        """
            .formatted(hidden, layers, vocabulary));
    var shapes = new LinkedHashMap<String, long[]>();
    shapes.put("model.embed_tokens.weight", new long[] {vocabulary, hidden});
    for (int layer = 0; layer < layers; layer++) {
      String name = "model.layers." + layer + ".";
      for (String part : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
        shapes.put(name + "self_attn." + part + ".weight", new long[] {hidden, hidden});
      }
      for (String part : new String[] {"gate_proj", "up_proj"}) {
        shapes.put(name + "mlp." + part + ".weight", new long[] {4L * hidden, hidden});
      }
      shapes.put(name + "mlp.down_proj.weight", new long[] {hidden, 4L * hidden});
    }
    safetensors(folder.resolve("model.safetensors"), shapes);
    return folder;
  }

  /** A LoRA folder for a base; returns it. */
  public static Path lora(Path folder, String base, int rank) {
    write(
        folder.resolve("adapter_config.json"),
        """
        {"base_model_name_or_path": "%s", "peft_type": "LORA", "r": %d, "lora_alpha": %d,
         "target_modules": ["q_proj", "v_proj"]}
        """
            .formatted(base, rank, 2 * rank));
    var shapes = new LinkedHashMap<String, long[]>();
    String prefix = "base_model.model.model.layers.0.self_attn.q_proj.";
    shapes.put(prefix + "lora_A.weight", new long[] {rank, 32});
    shapes.put(prefix + "lora_B.weight", new long[] {32, rank});
    safetensors(folder.resolve("adapter_model.safetensors"), shapes);
    return folder;
  }

  /** Writes text, making folders as needed. */
  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts a file in the middle of its header. */
  public static void truncate(Path file) {
    try {
      byte[] all = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(all, 40));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void safetensors(Path file, Map<String, long[]> shapes) {
    var header = Json.object();
    long end = 0;
    for (var entry : shapes.entrySet()) {
      long begin = end;
      var tensor = header.putObject(entry.getKey()).put("dtype", "F32");
      var shape = tensor.putArray("shape");
      long elements = 1;
      for (long size : entry.getValue()) {
        shape.add(size);
        elements *= size;
      }
      end = begin + 4 * elements;
      tensor.putArray("data_offsets").add(begin).add(end);
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.array());
      try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
        whole.setLength(8 + json.length + end); // zeros that take no room on most disks
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
