package org.adapterstudio.app.runs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.LogLines;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * What lists and comparisons need of one event log; but for the curve it takes a few kilobytes
 * however long the log is. A log whose size and time are as they were is not opened; of one that
 * grew, only what is new is read. Of a step two numbers are read, and of the spectra, which are
 * most of a log, at most the last one is decoded.
 */
public final class RunDigest {
  /** Every line begins with its number, its time and its type. */
  private static final int HEAD = 96;

  private static final byte[] STEP = "\"type\":\"step\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SPECTRUM = "\"type\":\"spectrum\"".getBytes(StandardCharsets.UTF_8);

  private final RunFolder run;
  private final Points loss;
  private final boolean spectra;
  private final List<Event.Evaluated> evaluations = new ArrayList<>();
  private final Map<Class<? extends Event>, EventLog.Entry> words = new LinkedHashMap<>();
  private FileStamp stamp = FileStamp.NONE;
  private long offset;
  private byte[] spectrum = {};
  private Event.Planned planned;
  private long started;
  private long last;

  /** Where a run's losses go, step by step. */
  public interface Points {
    /** The loss of a step. */
    void add(double step, double loss);

    /** The steps after this one are superseded. */
    void truncateAfter(double step);
  }

  /**
   * A digest that has read nothing yet.
   *
   * @param loss takes the losses
   * @param spectra whether the last spectrum will be asked for
   */
  public RunDigest(RunFolder run, Points loss, boolean spectra) {
    this.run = run;
    this.loss = loss;
    this.spectra = spectra;
  }

  private void forget() {
    offset = 0;
    loss.truncateAfter(Double.NEGATIVE_INFINITY);
    evaluations.clear();
    words.clear();
    spectrum = new byte[0];
    planned = null;
    started = 0;
    last = 0;
  }

  /** Reads what is new; whether there was any. */
  public boolean refresh() {
    FileStamp now = FileStamp.of(run.events());
    if (now.equals(stamp)) {
      return false;
    }
    if (now.size() < offset || now.size() == stamp.size()) {
      forget(); // another file took the log's place
    }
    stamp = now;
    offset = LogLines.read(run.events(), offset, this::line);
    return true;
  }

  /** The run's state now, from its last words and its lock. */
  public RunState state() {
    return RunHistory.of(run, words.values()).state();
  }

  /** Every evaluation that counts. */
  public List<Event.Evaluated> evaluations() {
    return List.copyOf(evaluations);
  }

  /** The last event of a type since the last start; null where there is none. */
  public <T extends Event> T last(Class<T> type) {
    EventLog.Entry entry = words.get(type);
    return entry == null ? null : type.cast(entry.event());
  }

  /** The singular values measured last; null where none were. */
  public Event.Spectrum spectrum() {
    EventLog.Entry entry = EventLog.entry(new String(spectrum, StandardCharsets.UTF_8));
    return entry != null && entry.event() instanceof Event.Spectrum found ? found : null;
  }

  /** What will run; null while unknown. */
  public Event.Planned planned() {
    return planned;
  }

  /** Steps in all; 0 while unknown. */
  public int total() {
    return planned == null ? 0 : planned.totalSteps();
  }

  /** The first start, milliseconds since 1970; 0 before it. */
  public long started() {
    return started;
  }

  /** Seconds from the first start to the last event. */
  public double seconds() {
    return started == 0 ? 0 : (last - started) / 1e3;
  }

  private void line(byte[] bytes, int from, int to) {
    int head = Math.min(to, from + HEAD);
    if (holds(bytes, from, head, STEP)) {
      step(bytes, from, to);
    } else if (holds(bytes, from, head, SPECTRUM)) {
      spectrum = spectra ? Arrays.copyOfRange(bytes, from, to) : spectrum;
      word(new EventLog.Entry(0, last, new Event.Spectrum(0, List.of())));
    } else {
      EventLog.Entry entry =
          EventLog.entry(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      if (entry != null) {
        take(entry);
      }
    }
  }

  private static boolean holds(byte[] bytes, int from, int to, byte[] part) {
    for (int at = from; at + part.length <= to; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private void take(EventLog.Entry entry) {
    last = Math.max(last, entry.time());
    switch (entry.event()) {
      case Event.Started event -> start(event, entry.time());
      case Event.Planned event -> planned = event;
      case Event.Evaluated event -> evaluations.add(event);
      case Event.Step event -> loss.add(event.step(), event.loss());
      default -> {}
    }
    word(entry);
  }

  private void start(Event.Started event, long time) {
    loss.truncateAfter(event.fromStep());
    evaluations.removeIf(earlier -> earlier.step() > event.fromStep());
    words.clear();
    started = started == 0 ? time : started;
  }

  /** The last of each type, in the order in which they were said. */
  private void word(EventLog.Entry entry) {
    words.remove(entry.event().getClass());
    words.put(entry.event().getClass(), entry);
  }

  /** Reads no further than to step and loss, which stand before all other numbers. */
  private void step(byte[] bytes, int from, int to) {
    int step = -1;
    double value = Double.NaN;
    boolean valued = false;
    try (JsonParser line = Json.mapper().createParser(bytes, from, to - from)) {
      line.nextToken();
      while ((step < 0 || !valued) && line.nextToken() == JsonToken.FIELD_NAME) {
        String field = line.currentName();
        line.nextToken();
        switch (field) {
          case "time" -> last = Math.max(last, line.getValueAsLong());
          case "step" -> step = line.getValueAsInt();
          case "loss" -> {
            value = line.getValueAsDouble(Double.NaN);
            valued = true;
          }
          default -> line.skipChildren();
        }
      }
    } catch (IOException e) {
      return; // a line that a crash left unreadable tells nothing
    }
    loss.add(step, value);
    word(new EventLog.Entry(0, last, new Event.Step(step, value, 0, 0, 0, 0, 0, 0, 0)));
  }
}
