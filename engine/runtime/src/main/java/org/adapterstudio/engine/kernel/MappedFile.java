package org.adapterstudio.engine.kernel;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.SafetensorsHeader;

/**
 * A safetensors file mapped into LibTorch's memory without a copy, one flat view per element type.
 * Pages are read when first used and shared with every other process that maps the file.
 */
public final class MappedFile implements AutoCloseable {
  private final SafetensorsHeader header;
  private final Scope scope;
  private final Map<String, NDArray> flats = new HashMap<>();

  /** Maps a file whose header was checked. */
  public MappedFile(SafetensorsHeader header, long size) {
    this.header = header;
    String path = quoted(header.file().toAbsolutePath());
    this.scope =
        Kernels.get()
            .scopeOf(
                List.of(
                    map("flat_f32", path, size / 4, 6),
                    map("flat_bf16", path, size / 2, 15),
                    map("flat_f16", path, size / 2, 5)));
  }

  /**
   * A stored tensor in the asked compute type, owned by {@code owner}. Without conversion it is a
   * view of the mapped file.
   *
   * @param compute float32, bfloat16 or float16
   */
  public NDArray tensor(Scope owner, SafetensorsHeader.Tensor tensor, String compute) {
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray here = work.call("to_device", stored(work, tensor));
      return owner.adopt(work.call("to_" + compute, here));
    }
  }

  /**
   * A tensor in its stored type, a view of the mapped file, in the CPU's memory; one that is not
   * aligned to its element size cannot be mapped.
   */
  public NDArray stored(Scope owner, SafetensorsHeader.Tensor tensor) {
    int width = tensor.dtype().equals("F32") ? 4 : 2;
    long start = header.dataStart() + tensor.begin();
    if (start % width != 0) {
      throw StudioException.badInput(
          header.file() + ": tensor " + tensor.name() + " is not aligned to its element size.",
          "Save the model again with a current safetensors library.");
    }
    NDArray flat = flats.computeIfAbsent(tensor.dtype(), this::flat);
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray where = work.longs(new long[] {start / width, start / width + tensor.elements()}, 2);
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      return owner.adopt(work.call("map_slice", flat, where, work.longs(shape, shape.length)));
    }
  }

  private NDArray flat(String dtype) {
    return switch (dtype) {
      case "F32" -> scope.call("flat_f32");
      case "BF16" -> scope.call("flat_bf16");
      case "F16" -> scope.call("flat_f16");
      default ->
          throw StudioException.badInput(
              header.file() + " stores weights as " + dtype + ", which is not supported.",
              "Convert the model to float32, float16 or bfloat16.");
    };
  }

  private static String map(String name, String path, long count, int type) {
    return "  def %s(self: __torch__.Ops) -> Tensor:\n    return torch.from_file(%s, False, %d, dtype=%d)\n"
        .formatted(name, path, count, type);
  }

  /** The path as a kernel string constant: every byte outside plain ASCII letters is escaped. */
  static String quoted(Path path) {
    var text = new StringBuilder("\"");
    for (byte b : path.toString().getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
      text.append(plain ? String.valueOf((char) c) : "\\%03o".formatted(c));
    }
    return text.append('"').toString();
  }

  @Override
  public void close() {
    scope.close();
  }
}
