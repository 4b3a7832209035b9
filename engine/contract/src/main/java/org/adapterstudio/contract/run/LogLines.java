package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Walks through the whole lines of an event log block by block, so that memory does not grow with
 * the log. Lines come as bytes: a reader that wants few of them need not decode the others.
 */
public final class LogLines {
  private static final int BLOCK = 1 << 18;

  private LogLines() {}

  /** Takes one line without its line break. */
  @FunctionalInterface
  public interface Reader {
    /** Bytes {@code from} (inclusive) to {@code to} (exclusive); they change after the call. */
    void line(byte[] bytes, int from, int to);
  }

  /**
   * Hands over every whole line from a byte offset on.
   *
   * @return offset after the last whole line, where the next read starts
   */
  public static long read(Path file, long from, Reader reader) {
    if (!Files.exists(file)) {
      return from;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(from);
      return read(channel, from, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long read(FileChannel channel, long from, Reader reader) throws IOException {
    byte[] bytes = new byte[(int) Math.clamp(channel.size() - from, 1, BLOCK)];
    int kept = 0;
    long offset = from;
    while (true) {
      if (kept == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length); // one line is longer than a block
      }
      int read = channel.read(ByteBuffer.wrap(bytes, kept, bytes.length - kept));
      if (read < 0) {
        return offset;
      }
      int whole = lines(bytes, kept, kept + read, reader);
      offset += whole;
      kept += read - whole;
      System.arraycopy(bytes, whole, bytes, 0, kept);
    }
  }

  /** Hands over the lines that end behind {@code seen} and returns where the last one ends. */
  private static int lines(byte[] bytes, int seen, int length, Reader reader) {
    int start = 0;
    for (int i = seen; i < length; i++) {
      if (bytes[i] == '\n') {
        reader.line(bytes, start, i);
        start = i + 1;
      }
    }
    return start;
  }
}
