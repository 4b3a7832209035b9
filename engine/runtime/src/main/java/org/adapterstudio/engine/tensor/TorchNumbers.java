package org.adapterstudio.engine.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.TorchFile;

/** The numbers of a PyTorch file's tensors, however their elements are laid out. */
public final class TorchNumbers {
  private static final ValueLayout.OfShort I16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private TorchNumbers() {}

  /** All tensors of a file in float32, by name. */
  public static Map<String, Values> read(Path file) {
    TorchFile torch = TorchFile.read(file);
    var numbers = new LinkedHashMap<String, Values>();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      for (TorchFile.Tensor tensor : torch.tensors()) {
        requireStored(file, tensor, channel.size());
        numbers.put(tensor.name(), Values.of(numbers(bytes, tensor), tensor.shape()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }

  /** One stored number can stand for many of a shape: no more are made than the file could hold. */
  private static void requireStored(Path file, TorchFile.Tensor tensor, long size) {
    if (tensor.elements() > size / tensor.width()) {
      throw StudioException.badInput(
          "%s: tensor %s has more elements than are stored.".formatted(file, tensor.name()),
          "Save the model as safetensors.");
    }
  }

  private static float[] numbers(MemorySegment bytes, TorchFile.Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.elements())];
    int[] index = new int[tensor.shape().size()];
    long at = tensor.begin();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(bytes, tensor.dtype(), at);
      for (int d = index.length - 1; d >= 0; d--) {
        long step = tensor.strides().get(d) * tensor.width();
        at += step;
        if (++index[d] < tensor.shape().get(d)) {
          break;
        }
        at -= step * index[d];
        index[d] = 0;
      }
    }
    return numbers;
  }

  private static float number(MemorySegment bytes, String dtype, long at) {
    return switch (dtype) {
      case "F32" -> Float.intBitsToFloat(bytes.get(I32, at));
      case "BF16" -> Float.intBitsToFloat(bytes.get(I16, at) << 16);
      case "F16" -> Float.float16ToFloat(bytes.get(I16, at));
      case "F64" -> (float) Double.longBitsToDouble(bytes.get(I64, at));
      case "I64" -> bytes.get(I64, at);
      case "I32" -> bytes.get(I32, at);
      case "I16" -> bytes.get(I16, at);
      case "I8" -> bytes.get(ValueLayout.JAVA_BYTE, at);
      case "U8", "BOOL" -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      default ->
          throw StudioException.badInput(
              "Numbers of the type " + dtype + " are not read.", "Convert the file to float32.");
    };
  }
}
