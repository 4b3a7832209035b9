package org.adapterstudio.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Files with equal contents among labelled ones. Only files of a size that several have are read.
 *
 * @param duplicates training files equal to an earlier one
 * @param leaked held-out files equal to a training one
 */
public record FileTwins(int duplicates, int leaked) {
  /** What tells contents apart: equal by chance once in four thousand million. */
  private record Content(long size, long checksum) {}

  /** Counts the twins of a split. */
  public static FileTwins of(Split<LabelledFile> split) {
    var sizes = new HashMap<Long, Integer>();
    Stream.concat(split.train().stream(), split.eval().stream())
        .forEach(one -> sizes.merge(size(one.file()), 1, Integer::sum));
    var seen = new HashSet<Content>();
    int duplicates = 0;
    for (LabelledFile one : split.train()) {
      duplicates += seen.add(content(one.file(), sizes)) ? 0 : 1;
    }
    return new FileTwins(duplicates, leaked(split.eval(), seen, sizes));
  }

  private static int leaked(List<LabelledFile> eval, Set<Content> seen, Map<Long, Integer> sizes) {
    return (int) eval.stream().filter(one -> seen.contains(content(one.file(), sizes))).count();
  }

  private static Content content(Path file, Map<Long, Integer> sizes) {
    long size = size(file);
    return new Content(size, sizes.get(size) > 1 ? checksum(file) : 0);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checksum(Path file) {
    try {
      var checksum = new CRC32C();
      checksum.update(Files.readAllBytes(file));
      return checksum.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
