package org.adapterstudio.contract.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the small folders that scans are tested on. */
final class Folders {
  private Folders() {}

  /** A Llama of 8 float32 parameters. */
  static Path model(Path folder) {
    write(
        folder.resolve("config.json"),
        "{\"architectures\": [\"LlamaForCausalLM\"], \"model_type\": \"llama\","
            + " \"tie_word_embeddings\": true}");
    weights(folder.resolve("model.safetensors"), "F32", 4);
    return folder;
  }

  /** A LoRA of rank 4 for a base. */
  static Path adapter(Path folder, String base) {
    write(
        folder.resolve("adapter_config.json"),
        "{\"base_model_name_or_path\": \"%s\", \"peft_type\": \"LORA\", \"r\": 4}".formatted(base));
    weights(folder.resolve("adapter_model.safetensors"), "BF16", 2);
    return folder;
  }

  /** A safetensors file with one tensor of 2 x 4 numbers. */
  static void weights(Path file, String dtype, int bytesEach) {
    String json =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":[2,4],\"data_offsets\":[0,%d]}}"
            .formatted(dtype, 8 * bytesEach);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    var bytes =
        ByteBuffer.allocate(8 + header.length + 8 * bytesEach).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void cut(Path file, int bytes) {
    try {
      Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
