package org.adapterstudio.app.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunState;

/**
 * What the head of the screen says.
 *
 * @param state of the run
 * @param words the state in words, more exact than its name
 * @param steps "1 240 / 4 000"
 * @param progress 0 to 1; below 0 while it cannot be counted
 * @param time time left, or how long it took
 * @param notice no sign of life, or a stop that takes its time; empty where all is well
 * @param canStop whether a stop makes sense
 * @param canSave whether a checkpoint can be asked for
 * @param resume text of the resume button; empty where there is nothing to resume
 * @param chats whether results of its task can be talked to at all
 * @param canTry whether there is one to talk to now
 */
public record RunHeader(
    RunState state,
    String words,
    String steps,
    double progress,
    String time,
    String notice,
    boolean canStop,
    boolean canSave,
    String resume,
    boolean chats,
    boolean canTry) {
  /** Before the first look. */
  static final RunHeader EMPTY =
      new RunHeader(RunState.WAITING, "", "", -1, "", "", false, false, "", true, false);

  private static final Duration SILENCE = Duration.ofSeconds(15);

  static RunHeader of(RunViewModel run, RunLook look, Instant now) {
    RunRecord record = run.record();
    RunState state = look.state();
    boolean working = state == RunState.TRAINING || state == RunState.SAVING;
    return new RunHeader(
        state,
        run.starting() ? Messages.text("run.starting") : words(state, record),
        steps(record),
        progress(state, record),
        time(state, record),
        notice(run, look, now),
        working || state == RunState.STARTING,
        working,
        !state.resumable() || run.starting() || record.imported() ? "" : resumeText(state, look),
        run.chats(),
        run.chats() && run.resultFolder().isPresent());
  }

  private static String words(RunState state, RunRecord record) {
    Event.Phase phase = record.phase();
    if (!state.live() || state == RunState.STOPPING || phase == null) {
      return stateWords(state);
    }
    return phase.total() > 0
        ? Messages.text(
            "run.phase.counted", phase.phase(), phase.done(), phase.total(), phase.unit())
        : phase.phase();
  }

  /** A state in the window's words. */
  public static String stateWords(RunState state) {
    return Messages.text("run.state." + state.name().toLowerCase(Locale.ROOT));
  }

  private static String steps(RunRecord record) {
    return record.totalSteps() == 0
        ? Messages.text("run.steps.unknown", record.step())
        : Messages.text("run.steps.known", record.step(), record.totalSteps());
  }

  private static double progress(RunState state, RunRecord record) {
    if (state == RunState.FINISHED) {
      return 1;
    }
    if (record.totalSteps() == 0) {
      return state.live() ? -1 : 0;
    }
    return (double) record.step() / record.totalSteps();
  }

  private static String time(RunState state, RunRecord record) {
    if (record.trainSeconds() != null) {
      return Messages.text("run.took", Formats.time(record.trainSeconds()));
    }
    return state.live() && record.totalSteps() > 0
        ? record.timeLeft().words(record.totalSteps() - record.step())
        : "";
  }

  private static String notice(RunViewModel run, RunLook look, Instant now) {
    if (look.state().live()
        && look.heartbeat() != null
        && Duration.between(look.heartbeat(), now).compareTo(SILENCE) > 0) {
      return silence(EventLine.clock(look.heartbeat().toEpochMilli()), run.record().started());
    }
    if (run.askedToStop() == null) {
      return "";
    }
    long seconds = Duration.between(run.askedToStop(), now).toSeconds();
    return seconds < 10
        ? Messages.text("run.stopping")
        : Messages.text("run.stopping.long", Formats.time(seconds));
  }

  private static String silence(String since, Event.Started started) {
    if (started == null) {
      return Messages.text("run.silent", since);
    }
    boolean alive = ProcessHandle.of(started.pid()).map(ProcessHandle::isAlive).orElse(false);
    String life = Messages.text(alive ? "run.process.alive" : "run.process.dead");
    return Messages.text("run.silent.process", since, Long.toString(started.pid()), life);
  }

  private static String resumeText(RunState state, RunLook look) {
    if (state == RunState.WAITING) {
      return Messages.text("run.start");
    }
    return look.checkpoint()
        .map(step -> Messages.text("run.resume.from", step))
        .orElseGet(() -> Messages.text("run.start.again"));
  }
}
