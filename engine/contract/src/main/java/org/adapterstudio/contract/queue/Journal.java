package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * The append-only journal of a queue. Only the keeper that holds the queue's lock writes it; each
 * line is forced to disk before the deed is done. A torn last line is cut by the next writer.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * One line.
   *
   * @param time milliseconds since 1970
   */
  public record Line(long time, Deed deed) {}

  /** Opens the journal for its one writer. */
  public static Journal open(Path file) {
    try {
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long end = wholeLines(channel);
      channel.truncate(end);
      channel.position(end);
      return new Journal(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every whole line, oldest first; a journal that is not there yet has none. */
  public static List<Line> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      var lines = new ArrayList<Line>();
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
        parse(line, lines);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a deed down and forces it to disk. */
  public void write(long time, Deed deed) {
    ObjectNode line = Json.object().put("time", time);
    line.setAll(Json.<ObjectNode>tree(deed));
    byte[] bytes = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      AtomicFile.writeAll(channel, ByteBuffer.wrap(bytes));
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void parse(String line, List<Line> lines) {
    if (line.isBlank()) {
      return;
    }
    try {
      var node = Json.mapper().readTree(line);
      lines.add(new Line(node.path("time").asLong(), Json.mapper().treeToValue(node, Deed.class)));
    } catch (JsonProcessingException e) {
      // a line that a crash left unreadable tells nothing
    }
  }

  private static long wholeLines(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      last.clear();
      channel.read(last, end - 1);
      if (last.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }
}
