package org.adapterstudio.contract.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.SafetensorsHeader;
import org.adapterstudio.contract.tensors.WeightsFile;

/**
 * What the headers of some files of weights say together.
 *
 * @param parameters stored numbers
 * @param dtype of most of them
 * @param bytes of the files
 */
record Weights(long parameters, String dtype, long bytes) {
  static final Weights NONE = new Weights(0, "", 0);

  /** Reads headers; a broken file ends in its {@link StudioException}. */
  static Weights of(List<Path> files) {
    var byType = new HashMap<String, Long>();
    long bytes = 0;
    for (Path file : files) {
      SafetensorsHeader header = WeightsFile.header(file);
      header.tensors().forEach(t -> byType.merge(t.dtype(), t.elements(), Long::sum));
      bytes += size(file);
    }
    String most =
        byType.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return new Weights(
        byType.values().stream().mapToLong(Long::longValue).sum(), words(most), bytes);
  }

  /** Says which files of a sharded model's index are not there. */
  static void requireShards(Path folder) {
    Path index = folder.resolve("model.safetensors.index.json");
    if (!Files.isRegularFile(index)) {
      return;
    }
    var missing = new TreeSet<String>();
    for (Path shard : WeightsFile.shards(index)) {
      if (!Files.isRegularFile(shard)) {
        missing.add(shard.getFileName().toString());
      }
    }
    if (!missing.isEmpty()) {
      throw StudioException.badInput(
          "Of the sharded weights, these files are missing: " + String.join(", ", missing) + ".",
          "Fetch the model again.");
    }
  }

  /** Size behind links; 0 where a link leads nowhere. */
  static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(String dtype) {
    return switch (dtype) {
      case "F64" -> "float64";
      case "F32" -> "float32";
      case "F16" -> "float16";
      case "BF16" -> "bfloat16";
      default -> dtype.toLowerCase(java.util.Locale.ROOT);
    };
  }
}
