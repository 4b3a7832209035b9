package org.adapterstudio.contract.run;

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
import java.util.Optional;
import org.adapterstudio.contract.json.Json;

/**
 * The append-only {@code events.jsonl}: {@link #append} writes one line with one write call; {@link
 * #sync} forces it to disk. A torn last line is cut when the log is opened for writing and left out
 * when it is read.
 */
public final class EventLog implements AutoCloseable {
  private final FileChannel channel;
  private long next;

  private EventLog(FileChannel channel, long next) {
    this.channel = channel;
    this.next = next;
  }

  /**
   * One line of the log.
   *
   * @param seq counted from 1 without gaps
   * @param time milliseconds since 1970, UTC
   */
  public record Entry(long seq, long time, Event event) {}

  /**
   * What a reader found from a byte offset on.
   *
   * @param end offset after the last whole line, where the next read starts
   */
  public record Tail(List<Entry> entries, long end) {}

  /** Opens the log for its one writer, cutting a torn last line. */
  public static EventLog open(Path file) {
    try {
      Tail tail = read(file, 0);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(tail.end());
      channel.position(tail.end());
      long last = tail.entries().isEmpty() ? 0 : tail.entries().getLast().seq();
      return new EventLog(channel, last + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every whole line of a log, oldest first. */
  public static List<Entry> readAll(Path file) {
    return read(file, 0).entries();
  }

  /** The first line of a log that can be read, cheap for the longest; nothing where none is. */
  public static Optional<Event> first(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      return Optional.ofNullable(line == null ? null : entry(line)).map(Entry::event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole lines from a byte offset on; a file that is not there yet has none. */
  public static Tail read(Path file, long from) {
    if (!Files.exists(file)) {
      return new Tail(List.of(), from);
    }
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      in.position(from);
      var bytes = new byte[Math.toIntExact(Math.max(0, in.size() - from))];
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // read on until the size seen at the start
      }
      return parse(bytes, buffer.position(), from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends one event and returns it as logged. */
  public Entry append(Event event) {
    return append(System.currentTimeMillis(), event);
  }

  /**
   * Appends what happened at another time, as an imported run tells it.
   *
   * @param time milliseconds since 1970, UTC
   */
  public synchronized Entry append(long time, Event event) {
    var entry = new Entry(next++, time, event);
    ObjectNode line = Json.object();
    line.put("seq", entry.seq()).put("time", entry.time());
    line.setAll(Json.<ObjectNode>tree(event));
    try {
      var bytes = ByteBuffer.wrap((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entry;
  }

  /** Forces everything appended so far to disk. */
  public synchronized void sync() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tail parse(byte[] bytes, int length, long from) {
    var entries = new ArrayList<Entry>();
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        Entry entry = entry(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        if (entry != null) {
          entries.add(entry);
        }
        start = i + 1;
      }
    }
    return new Tail(entries, from + start);
  }

  /** One line of a log; null for one that a crash left unreadable. */
  public static Entry entry(String line) {
    try {
      var node = Json.mapper().readTree(line);
      Event event = Json.mapper().treeToValue(node, Event.class);
      return new Entry(node.path("seq").asLong(), node.path("time").asLong(), event);
    } catch (JsonProcessingException e) {
      return null; // a line that a crash left unreadable tells nothing
    }
  }
}
