package org.adapterstudio.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.adapterstudio.contract.json.Json;

/** Untrained weights as a safetensors file; the same seed gives the same bytes. */
final class FreshWeights {
  private FreshWeights() {}

  /**
   * Norms at one, biases at zero, every matrix normal around zero.
   *
   * @param shapes of the parameters by name, in the order they are drawn
   * @param deviation of the matrices' numbers
   */
  static byte[] file(Map<String, int[]> shapes, double deviation, long seed) {
    ObjectNode header = Json.object();
    header.putObject("__metadata__").put("format", "pt");
    int end = 0;
    for (var entry : shapes.entrySet()) {
      var tensor = header.putObject(entry.getKey()).put("dtype", "F32");
      var shape = tensor.putArray("shape");
      int bytes = Float.BYTES;
      for (int size : entry.getValue()) {
        shape.add(size);
        bytes *= size;
      }
      tensor.putArray("data_offsets").add(end).add(end + bytes);
      end += bytes;
    }
    byte[] text = padded(Json.line(header));
    var file = ByteBuffer.allocate(8 + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    var random = new SplittableRandom(seed);
    shapes.forEach((name, shape) -> fill(file, name, shape, deviation, random));
    return file.array();
  }

  private static void fill(
      ByteBuffer file, String name, int[] shape, double deviation, SplittableRandom random) {
    if (shape.length == 1) {
      for (int i = 0; i < shape[0]; i++) {
        file.putFloat(name.endsWith("bias") ? 0 : 1);
      }
      return;
    }
    for (int i = 0; i < shape[0] * shape[1]; i++) {
      file.putFloat((float) (deviation * normal(random)));
    }
  }

  /** A standard normal number by Box and Muller, with arithmetic that is the same everywhere. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** UTF-8, filled with spaces to a multiple of 8 so that every tensor is aligned. */
  private static byte[] padded(String header) {
    int missing = -header.getBytes(StandardCharsets.UTF_8).length & 7;
    return (header + " ".repeat(missing)).getBytes(StandardCharsets.UTF_8);
  }
}
