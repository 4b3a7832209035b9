package org.adapterstudio.app.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/** A run's numbers in the forms that other programs read. */
public final class RunLog {
  private final RunHistory run;
  private final List<Scalar> scalars;

  /** The log of a run as it was read. */
  public RunLog(RunHistory run) {
    this.run = run;
    this.scalars = Scalar.of(run);
  }

  /** How many numbers there are. */
  public int size() {
    return scalars.size();
  }

  /**
   * Writes one event file, whose name follows from the run's start, so that a second export
   * replaces the first instead of drawing every curve twice.
   *
   * @return the file
   */
  public Path tensorBoard(Path folder) {
    long start = run.entries().isEmpty() ? 0 : run.entries().getFirst().time();
    long pid = run.last(Event.Started.class).map(Event.Started::pid).orElse(0L);
    Path file =
        folder.resolve(
            String.format(Locale.ROOT, "events.out.tfevents.%010d.studio.%d.0", start / 1000, pid));
    try {
      Files.createDirectories(folder);
      AtomicFile.write(
          file,
          channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            var events = new EventFile(out, start);
            for (Scalar scalar : scalars) {
              events.write(scalar);
            }
            out.flush();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** One line a step with a column for every series; empty where a step has no such number. */
  public String csv() {
    var tags =
        scalars.stream().map(Scalar::tag).collect(Collectors.toCollection(LinkedHashSet::new));
    var rows = new TreeMap<Integer, Map<String, Scalar>>();
    scalars.forEach(
        scalar ->
            rows.computeIfAbsent(scalar.step(), _ -> new LinkedHashMap<>())
                .put(scalar.tag(), scalar));
    var text = new StringBuilder(line("step", "time", tags.stream().toList()));
    rows.forEach(
        (step, row) -> {
          long last = row.values().stream().mapToLong(Scalar::time).max().orElse(0);
          var cells = tags.stream().map(tag -> cell(row.get(tag))).toList();
          text.append(line(Integer.toString(step), Instant.ofEpochMilli(last).toString(), cells));
        });
    return text.toString();
  }

  /** The rows of the Hugging Face trainer's log, one JSON object a line. */
  public String jsonLines() {
    return LogHistory.rows(run, Integer.MAX_VALUE).stream()
        .map(row -> Json.line(row) + "\n")
        .collect(Collectors.joining());
  }

  /** Writes text to a file whose folder may not be there yet. */
  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(
          file,
          channel ->
              AtomicFile.writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static String line(String step, String time, List<String> others) {
    var cells = new ArrayList<>(List.of(step, time));
    others.forEach(cell -> cells.add(quoted(cell)));
    return String.join(",", cells) + "\n";
  }

  private static String cell(Scalar scalar) {
    return scalar == null ? "" : Double.toString(scalar.value());
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
