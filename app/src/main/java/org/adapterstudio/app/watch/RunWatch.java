package org.adapterstudio.app.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;

/**
 * Finds what became of runs since the last look, also of those that ended while the window was
 * closed. How far each log was read is kept in a file, so that nothing is told twice; a log that
 * did not grow is not opened. Reads files; call it off the UI thread.
 */
public final class RunWatch implements AutoCloseable {
  /** More endings than this at one look are told in one sentence. */
  static final int SINGLY = 3;

  /** The last words of a log stand in its last lines; the rest of a long log is not read. */
  private static final long TAIL_BYTES = 1 << 16;

  private final Path file;
  private final Map<String, Seen> seen;
  private boolean first;

  /**
   * One run as it was at the last look.
   *
   * @param offset bytes of its log that were read
   * @param open whether an engine began and has not said its last word
   */
  record Seen(long offset, boolean open) {}

  private record Told(Map<String, Seen> runs) {}

  /**
   * A watch that remembers in a file; where there is none yet, only what is still to come counts.
   */
  public RunWatch(Path file) {
    this.file = file;
    first = !Files.exists(file);
    seen = new LinkedHashMap<>(first ? Map.of() : read(file));
  }

  /**
   * What happened since the last look.
   *
   * @param live the runs whose engines held their locks before this call
   */
  public synchronized List<Happening> look(List<RunFolder> runs, Set<RunFolder> live) {
    var happened = new ArrayList<Happening>();
    boolean changed = first;
    for (RunFolder run : runs) {
      Seen before = seen.get(run.path().toString());
      Seen now = look(run, before, live.contains(run), happened);
      seen.put(run.path().toString(), now);
      changed |= before == null || before.open() != now.open();
    }
    first = false;
    if (changed) {
      write();
    }
    return happened.size() > SINGLY ? List.of(several(happened)) : happened;
  }

  @Override
  public synchronized void close() {
    write();
  }

  private Seen look(RunFolder run, Seen before, boolean live, List<Happening> happened) {
    long size = size(run.events());
    if (before == null && first) {
      return new Seen(size, live);
    }
    Seen known = before == null || before.offset() > size ? new Seen(0, false) : before;
    if (known.offset() == size && known.open() == live) {
      return known;
    }
    EventLog.Tail tail = EventLog.read(run.events(), Math.max(known.offset(), size - TAIL_BYTES));
    boolean open = known.open() || live;
    Event last = null;
    for (EventLog.Entry entry : tail.entries()) {
      if (entry.event() instanceof Event.Started) {
        open = true;
        last = null;
      } else if (ends(entry.event())) {
        open = false;
        last = entry.event();
      }
    }
    if (last != null) {
      happened.add(ending(run, last));
    } else if (open && !live) {
      happened.add(of(Happening.Kind.LOST, run, Messages.text("watch.lost", run.name())));
      open = false;
    }
    return new Seen(tail.end(), open);
  }

  private static boolean ends(Event event) {
    return event instanceof Event.Finished
        || event instanceof Event.Stopped
        || event instanceof Event.Failed;
  }

  private static Happening ending(RunFolder run, Event event) {
    String name = run.name();
    return switch (event) {
      case Event.Finished end ->
          of(Happening.Kind.FINISHED, run, Messages.text("watch.finished", name, end.step()));
      case Event.Stopped end ->
          of(Happening.Kind.STOPPED, run, Messages.text("watch.stopped", name, end.step()));
      case Event.Failed end when end.failure().kind().startsWith("non_finite") ->
          of(Happening.Kind.NOT_FINITE, run, failed("watch.notFinite", name, end));
      case Event.Failed end -> of(Happening.Kind.FAILED, run, failed("watch.failed", name, end));
      default -> throw new IllegalArgumentException("Not an end: " + event);
    };
  }

  private static String failed(String key, String name, Event.Failed end) {
    return Messages.text(key, name, end.step(), end.failure().sentence());
  }

  private static Happening of(Happening.Kind kind, RunFolder run, String sentence) {
    return new Happening(kind, run, sentence);
  }

  private static Happening several(List<Happening> all) {
    long bad = all.stream().filter(one -> one.kind().bad()).count();
    return new Happening(
        Happening.Kind.SEVERAL, null, Messages.text("watch.several", all.size(), bad));
  }

  private static long size(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Seen> read(Path file) {
    try {
      return Json.as(Json.read(file), Told.class).runs();
    } catch (StudioException e) {
      return Map.of(); // at worst something is told twice
    }
  }

  private void write() {
    seen.keySet().removeIf(run -> !Files.exists(Path.of(run)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(file, Json.pretty(new Told(seen)));
  }
}
