package org.adapterstudio.app.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Follows a growing text file from its last 64 KiB on. */
final class LogTail {
  private static final int WINDOW = 64 << 10;
  private final Path file;
  private long offset = -1;

  LogTail(Path file) {
    this.file = file;
  }

  /** What was written since the last call; empty where nothing was. */
  String next() throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long end = in.length();
      if (offset < 0 || offset > end || end - offset > WINDOW) {
        offset = Math.max(0, end - WINDOW);
      }
      byte[] bytes = new byte[(int) (end - offset)];
      in.seek(offset);
      in.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--; // a line under way is read when it is whole
      }
      offset += whole;
      return new String(bytes, 0, whole, StandardCharsets.UTF_8);
    }
  }
}
