package org.adapterstudio.engine.tensor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * Writes safetensors files whole or not at all: temporary name, fsync, rename. Tensors are asked
 * for one at a time, so a large model is never held twice.
 */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * One tensor to write.
   *
   * @param dtype F32, BF16, F16, I32 or I64; numbers are rounded to it, ties to even
   * @param shape its dimensions
   * @param values asked once, when its turn comes
   */
  public record Entry(String dtype, long[] shape, Supplier<float[]> values) {
    private long bytes() {
      long count = 1;
      for (long dimension : shape) {
        count *= dimension;
      }
      return count * width();
    }

    private int width() {
      return switch (dtype) {
        case "I64" -> 8;
        case "F32", "I32" -> 4;
        default -> 2;
      };
    }
  }

  /** Float32 values as they are. */
  public static Entry float32(Values values) {
    return new Entry("F32", values.shape(), values::data);
  }

  /** Writes every entry under its name, in the map's order; returns the file's size in bytes. */
  public static long write(
      Path file, SequencedMap<String, Entry> entries, Map<String, String> metadata) {
    try {
      AtomicFile.write(file, channel -> write(channel, entries, metadata));
      return Files.size(file);
    } catch (IOException e) {
      throw new StudioException(
          new Failure(
              "disk",
              file + " could not be written: " + e.getMessage() + ".",
              "Free some space on that disk and try again.",
              ""),
          e);
    }
  }

  private static void write(
      FileChannel channel, SequencedMap<String, Entry> entries, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(entries, metadata);
    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    AtomicFile.writeAll(channel, length.putLong(header.length).flip());
    AtomicFile.writeAll(channel, ByteBuffer.wrap(header));
    for (Entry entry : entries.values()) {
      AtomicFile.writeAll(channel, encode(entry));
    }
  }

  private static byte[] header(SequencedMap<String, Entry> entries, Map<String, String> metadata) {
    ObjectNode root = Json.object();
    if (!metadata.isEmpty()) {
      root.set("__metadata__", Json.tree(metadata));
    }
    long at = 0;
    for (var entry : entries.entrySet()) {
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", entry.getValue().dtype());
      var shape = node.putArray("shape");
      for (long dimension : entry.getValue().shape()) {
        shape.add(dimension);
      }
      node.putArray("data_offsets").add(at).add(at += entry.getValue().bytes());
    }
    String json = Json.line(root);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    // Padding the header to 8 bytes keeps every tensor aligned for memory mapping.
    return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer encode(Entry entry) {
    float[] values = entry.values().get();
    var bytes = ByteBuffer.allocate(Math.toIntExact(entry.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    if ((long) values.length * entry.width() != bytes.capacity()) {
      throw new IllegalArgumentException(
          "A tensor has " + values.length + " numbers, not its shape's");
    }
    switch (entry.dtype()) {
      case "F32" -> bytes.asFloatBuffer().put(values);
      case "I32", "I64" -> {
        for (float value : values) {
          if (entry.dtype().equals("I32")) {
            bytes.putInt((int) value);
          } else {
            bytes.putLong((long) value);
          }
        }
        bytes.rewind();
      }
      case "BF16" -> {
        for (float value : values) {
          bytes.putShort(bfloat16(value));
        }
        bytes.rewind();
      }
      case "F16" -> {
        for (float value : values) {
          bytes.putShort(Float.floatToFloat16(value));
        }
        bytes.rewind();
      }
      default ->
          throw new IllegalArgumentException("Not a dtype this writer knows: " + entry.dtype());
    }
    return bytes;
  }

  /** Round to nearest, ties to even, as PyTorch does; a NaN stays a NaN. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
