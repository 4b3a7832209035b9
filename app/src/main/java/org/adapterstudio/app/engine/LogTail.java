package org.adapterstudio.app.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last lines of a log file, to show beside a failure. */
final class LogTail {
  private static final int BYTES = 4096;

  private LogTail() {}

  /** Up to 20 last lines written behind an offset; empty where there are none. */
  static String of(Path log, long from) {
    if (!Files.isReadable(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - BYTES);
      byte[] bytes = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      var lines = new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "The log " + log + " cannot be read: " + e.getMessage();
    }
  }

  /** The file's size now; 0 where there is none. */
  static long end(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
