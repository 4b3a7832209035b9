package org.adapterstudio.app.run;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;

/**
 * One line of the events tab.
 *
 * @param time of day
 * @param sentence what happened
 * @param tone how it is shown
 */
public record EventLine(String time, String sentence, Tone tone) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** How an event is shown. */
  public enum Tone {
    /** As text. */
    PLAIN,
    /** As good news. */
    GOOD,
    /** As a warning. */
    WARNING,
    /** As an error. */
    ERROR
  }

  static boolean worthTelling(Event event) {
    return !(event instanceof Event.Step
        || event instanceof Event.Spectrum
        || event instanceof Event.Phase
        || event instanceof Event.Planned planned && planned.trainRows() == 0
        || event instanceof Event.Unknown);
  }

  static int stepOf(Event event) {
    return switch (event) {
      case Event.Evaluated e -> e.step();
      case Event.Sampled e -> e.step();
      case Event.RankChanged e -> e.step();
      case Event.CheckpointSaved e -> e.step();
      case Event.Warned e -> e.step();
      case Event.NonFinite e -> e.step();
      case Event.Adjusted e -> e.step();
      case Event.Paused e -> e.step();
      case Event.WentOn e -> e.step();
      case Event.MemoryMeasured e -> e.step();
      default -> 0;
    };
  }

  /** The line of an entry. */
  static EventLine of(EventLog.Entry entry) {
    return new EventLine(clock(entry.time()), sentence(entry.event()), tone(entry.event()));
  }

  /** hh:mm:ss in the person's time zone. */
  static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  private static String sentence(Event event) {
    return switch (event) {
      case Event.Started e when e.fromStep() > 0 ->
          Messages.text("run.event.resumed", e.fromStep(), e.device(), e.threads());
      case Event.Started e -> Messages.text("run.event.started", e.device(), e.threads());
      case Event.Continued e -> e.sentence();
      case Event.Planned e ->
          Messages.text(
              "run.event.planned",
              e.totalSteps(),
              e.trainRows(),
              e.evalRows(),
              e.skippedRows(),
              e.cutRows());
      case Event.MemoryMeasured e ->
          Messages.text(
              "run.event.memory",
              Formats.memory(e.peakBytes()),
              Formats.memory(e.plannedBytes()),
              Formats.difference(e.planError()));
      case Event.Evaluated e ->
          Messages.text(
                  e.best() ? "run.event.best" : "run.event.evaluated",
                  e.step(),
                  Unit.LOSS.text(e.evalLoss()))
              + (e.scores().isEmpty() ? "" : "; " + Scores.words(e.scores()));
      case Event.Sampled e -> Messages.text("run.event.sampled", e.step());
      case Event.RankChanged e ->
          Messages.text(
              "run.event.ranks",
              e.step(),
              e.layers().size(),
              e.parametersBefore(),
              e.parametersAfter(),
              String.format(Locale.ROOT, "%.1f", 100 * e.lost()));
      case Event.Imported e -> Messages.text("run.event.imported", e.program(), e.folder());
      case Event.CheckpointSaved e ->
          Messages.text("run.event.checkpoint", e.step(), Formats.file(e.bytes()));
      case Event.Exported e ->
          Messages.text(
              e.what().equals("merged")
                  ? "run.event.exported.merged"
                  : "run.event.exported.adapter",
              Formats.file(e.bytes()),
              Unit.RATE.text(e.maxLogitError()));
      case Event.Warned e -> e.sentence();
      case Event.NonFinite e -> nonFinite(e);
      case Event.Adjusted e -> adjusted(e);
      case Event.Paused e -> Messages.text("run.event.paused", e.step());
      case Event.WentOn e -> Messages.text("run.event.wentOn", e.step());
      case Event.Stopped e -> Messages.text("run.event.stopped", e.step());
      case Event.Finished e ->
          Messages.text("run.event.finished", e.step(), Formats.time(e.trainSeconds()));
      case Event.Failed e -> e.failure().sentence();
      default -> "";
    };
  }

  private static String nonFinite(Event.NonFinite event) {
    String lines = event.lines().toString();
    return Messages.text(
        event.skipped() ? "run.event.skipped" : "run.event.nonFinite",
        event.step(),
        event.what(),
        lines.substring(1, lines.length() - 1));
  }

  private static String adjusted(Event.Adjusted event) {
    Double factor = event.adjustment().learningRateFactor();
    return factor == null
        ? Messages.text("run.event.adjusted.skip", event.step())
        : Messages.text("run.event.adjusted.rate", event.step(), factor);
  }

  private static Tone tone(Event event) {
    return switch (event) {
      case Event.Warned _ -> Tone.WARNING;
      case Event.NonFinite _, Event.Failed _ -> Tone.ERROR;
      case Event.Finished _, Event.Exported _ -> Tone.GOOD;
      case Event.Evaluated e when e.best() -> Tone.GOOD;
      default -> Tone.PLAIN;
    };
  }
}
