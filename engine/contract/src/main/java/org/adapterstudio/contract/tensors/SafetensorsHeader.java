package org.adapterstudio.contract.tensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * The header of a safetensors file, every number in it checked before use: an 8-byte little-endian
 * length, that many bytes of JSON, then the tensors' bytes without gaps or overlaps.
 *
 * @param file it was read from
 * @param dataStart byte offset of the first tensor byte in the file
 * @param tensors in file order
 * @param metadata the {@code __metadata__} strings
 */
public record SafetensorsHeader(
    Path file, long dataStart, List<Tensor> tensors, Map<String, String> metadata) {
  /** The format's own limit on the JSON part. */
  public static final long MAX_HEADER_BYTES = 100_000_000;

  private static final ObjectReader STRICT =
      Json.mapper().reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /**
   * One tensor's place.
   *
   * @param dtype as written, e.g. F32, BF16, I64
   * @param begin first byte, counted from {@link #dataStart}
   * @param end byte after the last
   */
  public record Tensor(String name, String dtype, List<Long> shape, long begin, long end) {
    /** Number of elements. */
    public long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Size in bytes. */
    public long bytes() {
      return end - begin;
    }
  }

  /** Reads and checks a header; anything wrong is bad input that names file and tensor. */
  public static SafetensorsHeader read(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long length = size < 8 ? -1 : bytes(channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > MAX_HEADER_BYTES || length > size - 8) {
        throw broken(
            file,
            size < 8
                ? "it has only " + size + " bytes"
                : "its header claims " + Long.toUnsignedString(length) + " bytes of " + size);
      }
      String json = new String(bytes(channel, 8, (int) length).array(), StandardCharsets.UTF_8);
      return parse(file, json, 8 + length, size - 8 - length);
    } catch (NoSuchFileException e) {
      throw StudioException.badInput(file + " does not exist.", "Check the path.");
    } catch (IOException e) {
      throw broken(file, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  /** The tensor of a name, if the file has it. */
  public Optional<Tensor> find(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  private static SafetensorsHeader parse(Path file, String json, long dataStart, long dataBytes) {
    var tensors = new ArrayList<Tensor>();
    var metadata = new LinkedHashMap<String, String>();
    for (var field : tree(file, json).properties()) {
      if (field.getKey().equals("__metadata__")) {
        field.getValue().properties().forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        tensors.add(tensor(file, field.getKey(), field.getValue(), dataBytes));
      }
    }
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    checkLayout(file, tensors, dataBytes);
    return new SafetensorsHeader(file, dataStart, List.copyOf(tensors), Map.copyOf(metadata));
  }

  private static ObjectNode tree(Path file, String json) {
    try {
      JsonNode tree = STRICT.readTree(json);
      if (tree instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw broken(file, "its header is not valid JSON (" + e.getOriginalMessage() + ")");
    }
    throw broken(file, "its header is not a JSON object");
  }

  private static Tensor tensor(Path file, String name, JsonNode node, long dataBytes) {
    String dtype = node.path("dtype").asText("");
    int bits = bits(dtype);
    if (bits == 0) {
      throw broken(file, "tensor " + name + " has the unknown dtype \"" + dtype + "\"");
    }
    List<Long> shape = shape(file, name, node.path("shape"));
    JsonNode offsets = node.path("data_offsets");
    if (offsets.size() != 2 || !whole(offsets.get(0)) || !whole(offsets.get(1))) {
      throw broken(file, "tensor " + name + " has no two data_offsets");
    }
    var tensor = new Tensor(name, dtype, shape, offsets.get(0).asLong(), offsets.get(1).asLong());
    if (tensor.begin() > tensor.end() || tensor.end() > dataBytes) {
      throw broken(
          file,
          "tensor %s lies at %d to %d of %d data bytes"
              .formatted(name, tensor.begin(), tensor.end(), dataBytes));
    }
    checkSize(file, tensor, bits);
    return tensor;
  }

  private static List<Long> shape(Path file, String name, JsonNode node) {
    var shape = new ArrayList<Long>();
    for (JsonNode dimension : node) {
      if (!whole(dimension)) {
        throw broken(file, "tensor " + name + " has a dimension " + dimension);
      }
      shape.add(dimension.asLong());
    }
    if (!node.isArray()) {
      throw broken(file, "tensor " + name + " has no shape");
    }
    return List.copyOf(shape);
  }

  private static void checkSize(Path file, Tensor tensor, int bits) {
    try {
      long expected = Math.multiplyExact(tensor.elements(), bits) / 8;
      if (expected == tensor.bytes()) {
        return;
      }
    } catch (ArithmeticException e) {
      // falls through: a product beyond 2^63 fits no file
    }
    throw broken(
        file,
        "tensor %s of shape %s and dtype %s cannot have %d bytes"
            .formatted(tensor.name(), tensor.shape(), tensor.dtype(), tensor.bytes()));
  }

  private static void checkLayout(Path file, List<Tensor> tensors, long dataBytes) {
    long at = 0;
    for (Tensor tensor : tensors) {
      if (tensor.begin() != at) {
        throw broken(
            file, "tensor " + tensor.name() + " leaves a gap or overlaps another at byte " + at);
      }
      at = tensor.end();
    }
    if (at != dataBytes) {
      throw broken(file, "its tensors end at byte " + at + " of " + dataBytes);
    }
  }

  private static boolean whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0;
  }

  private static int bits(String dtype) {
    return switch (dtype) {
      case "BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0" -> 8;
      case "I16", "U16", "F16", "BF16" -> 16;
      case "I32", "U32", "F32" -> 32;
      case "I64", "U64", "F64", "C64" -> 64;
      default -> 0;
    };
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("it ends at byte " + (at + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static StudioException broken(Path file, String why) {
    return StudioException.badInput(
        file + " is not a sound safetensors file: " + why + ".",
        Files.exists(file) ? "Copy or download it again." : "Check the path.");
  }
}
