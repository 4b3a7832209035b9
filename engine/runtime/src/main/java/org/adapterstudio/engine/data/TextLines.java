package org.adapterstudio.engine.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of a UTF-8 file one by one, so that a wrong byte spoils its own line only. */
final class TextLines {
  private TextLines() {}

  /** Takes lines as they come, numbered from 1. */
  interface Lines {
    /** A line without its line break. */
    void line(int number, String text);

    /** A line whose bytes are not UTF-8. */
    void undecodable(int number);
  }

  /** Longest line that is read, in bytes; a longer one is not text of rows. */
  static final int LONGEST = 64 << 20;

  static void read(Path file, Lines lines) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      int number = 1;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          give(number++, bytes, lines);
        } else {
          bytes.write(b);
          if (bytes.size() > LONGEST) {
            throw new IOException("line " + number + " is longer than 64 MiB");
          }
        }
      }
      if (bytes.size() > 0) {
        give(number, bytes, lines);
      }
    }
  }

  private static void give(int number, ByteArrayOutputStream bytes, Lines lines) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      lines.undecodable(number);
      return;
    } finally {
      bytes.reset();
    }
    text = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    lines.line(number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
