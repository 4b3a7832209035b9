package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;

/**
 * Hands on the new whole lines of an event log one by one. Spectra and samples, which make a log
 * large and tell a queue nothing, are passed over unread.
 */
final class RunTail {
  private static final int PIECE = 1 << 16;
  private final Path file;
  private long offset;

  RunTail(Path file) {
    this.file = file;
  }

  /** Reads on from where the last reading ended; whether there was a new line. */
  boolean read(Consumer<EventLog.Entry> taker) {
    if (!Files.exists(file)) {
      return false;
    }
    long before = offset;
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      in.position(offset);
      var piece = ByteBuffer.allocate(PIECE);
      var line = new ByteArrayOutputStream();
      while (in.read(piece.clear()) > 0) {
        piece.flip();
        split(piece, line, taker);
      }
      return offset > before;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void split(ByteBuffer piece, ByteArrayOutputStream line, Consumer<EventLog.Entry> taker) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (next != '\n') {
        line.write(next);
        continue;
      }
      offset += line.size() + 1;
      parse(line.toString(StandardCharsets.UTF_8), taker);
      line.reset();
    }
  }

  private static void parse(String line, Consumer<EventLog.Entry> taker) {
    if (line.contains("\"type\":\"spectrum\"") || line.contains("\"type\":\"sampled\"")) {
      return;
    }
    try {
      var node = Json.mapper().readTree(line);
      var event = Json.mapper().treeToValue(node, Event.class);
      taker.accept(
          new EventLog.Entry(node.path("seq").asLong(), node.path("time").asLong(), event));
    } catch (JsonProcessingException e) {
      // a line that a crash left unreadable tells nothing
    }
  }
}
