package org.adapterstudio.app.run;

import java.util.Locale;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/**
 * What the head of the screen says.
 *
 * @param state of the run
 * @param words the state in words, more exact than its name
 * @param steps "1 240 / 4 000"
 * @param progress 0 to 1; below 0 while it cannot be counted
 * @param time time left, or how long it took
 * @param notice no sign of life, a stop or a pause under way
 * @param canPause whether steps can wait
 * @param canGoOn whether they do
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
    RunNotice notice,
    boolean canPause,
    boolean canGoOn,
    boolean canStop,
    boolean canSave,
    String resume,
    boolean chats,
    boolean canTry) {
  /** Before the first look. */
  static final RunHeader EMPTY =
      new RunHeader(
          RunState.WAITING,
          "",
          "",
          -1,
          "",
          RunNotice.NONE,
          false,
          false,
          false,
          false,
          "",
          true,
          false);

  static RunHeader of(RunViewModel run, RunLook look, RunNotice notice) {
    RunRecord record = run.record();
    RunState state = look.state();
    boolean working = state == RunState.TRAINING || state == RunState.SAVING;
    return new RunHeader(
        state,
        run.starting() ? Messages.text("run.starting") : words(state, record),
        steps(record),
        progress(state, record),
        time(state, record),
        notice,
        working && look.asked().stream().noneMatch(RunHeader::halts),
        state == RunState.PAUSED,
        state.live() && state != RunState.STOPPING,
        working || state == RunState.PAUSED,
        !state.resumable() || run.starting() || record.imported() ? "" : resumeText(state, look),
        run.chats(),
        run.chats() && run.resultFolder().isPresent());
  }

  private static boolean halts(RunFolder.Asked asked) {
    return asked.command().ends() || asked.command() instanceof Command.Pause;
  }

  private static String words(RunState state, RunRecord record) {
    Event.Phase phase = record.phase();
    boolean itself = state == RunState.STOPPING || state == RunState.PAUSED;
    if (!state.live() || itself || phase == null) {
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

  private static String resumeText(RunState state, RunLook look) {
    if (state == RunState.WAITING) {
      return Messages.text("run.start");
    }
    return look.checkpoint()
        .map(step -> Messages.text("run.resume.from", step))
        .orElseGet(() -> Messages.text("run.start.again"));
  }
}
