package org.adapterstudio.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a whole file or nothing: temporary name, fsync, rename, fsync of the folder. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Fills the temporary file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything, from the channel's start. */
    void write(FileChannel channel) throws IOException;
  }

  /** Replaces the file's content; a reader sees the old text or the new one, never a part. */
  public static void write(Path file, String text) {
    try {
      write(file, channel -> writeAll(channel, ByteBuffer.wrap(text.getBytes(UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for any content; where it cannot be written, no temporary file is left. */
  public static void write(Path file, Content content) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + ".part");
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.write(channel);
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file.toAbsolutePath().getParent());
  }

  /** Writes all of a buffer, however many calls it takes. */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Flushes a folder's entries to disk where the system supports it (Windows does not). */
  public static void syncFolder(Path folder) {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // A folder cannot be opened on Windows; its renames are journalled there.
    }
  }
}
