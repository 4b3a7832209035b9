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
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.SafetensorsHeader;

/** A safetensors file mapped into memory and read as plain numbers, for adapters and inputs. */
public final class SafetensorsFile implements AutoCloseable {
  private static final ValueLayout.OfFloat F32 = little(ValueLayout.JAVA_FLOAT_UNALIGNED);
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort I16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SafetensorsHeader header;
  private final Arena arena;
  private final MemorySegment data;

  private SafetensorsFile(SafetensorsHeader header, Arena arena, MemorySegment data) {
    this.header = header;
    this.arena = arena;
    this.data = data;
  }

  /** Maps a file after checking its header. */
  public static SafetensorsFile open(Path file) {
    SafetensorsHeader header = SafetensorsHeader.read(file);
    Arena arena = Arena.ofShared();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size() - header.dataStart();
      var data = channel.map(FileChannel.MapMode.READ_ONLY, header.dataStart(), size, arena);
      return new SafetensorsFile(header, arena, data);
    } catch (IOException e) {
      arena.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Names, shapes and places. */
  public SafetensorsHeader header() {
    return header;
  }

  /** Whether the file has a tensor of this name. */
  public boolean has(String name) {
    return header.find(name).isPresent();
  }

  /** A tensor of a floating type, widened or narrowed to float32. */
  public Values floats(String name) {
    var tensor = tensor(name);
    MemorySegment bytes = data.asSlice(tensor.begin(), tensor.bytes());
    float[] values = new float[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.dtype()) {
            case "F32" -> bytes.getAtIndex(F32, i);
            case "BF16" -> Float.intBitsToFloat(bytes.getAtIndex(I16, i) << 16);
            case "F16" -> Float.float16ToFloat(bytes.getAtIndex(I16, i));
            case "F64" -> (float) bytes.getAtIndex(F64, i);
            default -> throw unsuited(tensor, "a floating type");
          };
    }
    return Values.of(values, tensor.shape());
  }

  /** A tensor of any type as float32; whole numbers stay exact up to 2^24. */
  public Values numbers(String name) {
    var tensor = tensor(name);
    if (!tensor.dtype().matches("[IU]\\d+|BOOL")) {
      return floats(name);
    }
    long[] whole = longs(name);
    float[] values = new float[whole.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole[i];
    }
    return Values.of(values, tensor.shape());
  }

  /** A tensor of whole numbers. */
  public long[] longs(String name) {
    var tensor = tensor(name);
    MemorySegment bytes = data.asSlice(tensor.begin(), tensor.bytes());
    long[] values = new long[Math.toIntExact(tensor.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.dtype()) {
            case "I64" -> bytes.getAtIndex(I64, i);
            case "I32" -> bytes.getAtIndex(I32, i);
            case "I16" -> bytes.getAtIndex(I16, i);
            case "I8" -> bytes.get(ValueLayout.JAVA_BYTE, i);
            case "U8", "BOOL" -> Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, i));
            default -> throw unsuited(tensor, "whole numbers");
          };
    }
    return values;
  }

  /** The shape of a tensor. */
  public long[] shape(String name) {
    return tensor(name).shape().stream().mapToLong(Long::longValue).toArray();
  }

  private SafetensorsHeader.Tensor tensor(String name) {
    return header
        .find(name)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    header.file() + " has no tensor " + name + ".",
                    "Check that it is the file you mean."));
  }

  private StudioException unsuited(SafetensorsHeader.Tensor tensor, String wanted) {
    return StudioException.badInput(
        "%s: tensor %s is %s where %s is needed."
            .formatted(header.file(), tensor.name(), tensor.dtype(), wanted),
        "Convert it and try again.");
  }

  private static ValueLayout.OfFloat little(ValueLayout.OfFloat layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    arena.close();
  }
}
