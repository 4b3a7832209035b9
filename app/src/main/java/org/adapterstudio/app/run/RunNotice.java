package org.adapterstudio.app.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.adapterstudio.app.engine.HoldingProcess;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/**
 * What is going on beside training: silence, a stop or a pause under way.
 *
 * @param text empty where all is well
 * @param canWithdraw whether a stop can be taken back
 * @param canEnd whether it is time to offer to end the engine at once
 */
public record RunNotice(String text, boolean canWithdraw, boolean canEnd) {
  /** All is well. */
  static final RunNotice NONE = new RunNotice("", false, false);

  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static RunNotice of(RunFolder run, RunRecord record, RunLook look, Duration silent, Instant now) {
    if (!look.state().live()) {
      return NONE;
    }
    if (silent.compareTo(SILENCE) > 0) {
      return new RunNotice(silence(run, record, look, true), false, true);
    }
    Optional<RunFolder.Asked> stop = first(look.asked(), Command::ends);
    if (stop.isPresent()) {
      return stopping(record, look, Duration.between(stop.get().at(), now));
    }
    if (first(look.asked(), Command.StopAfterEpoch.class::isInstance).isPresent()) {
      return new RunNotice(Messages.text("run.stopping.epoch"), true, false);
    }
    boolean pausing = first(look.asked(), Command.Pause.class::isInstance).isPresent();
    return look.state() == RunState.PAUSED
        ? new RunNotice(Messages.text("run.paused", record.step()), false, false)
        : pausing ? new RunNotice(Messages.text("run.pausing"), false, false) : NONE;
  }

  private static RunNotice stopping(RunRecord record, RunLook look, Duration waited) {
    long seconds = Math.max(0, waited.toSeconds());
    double usual = record.stopSeconds();
    String text =
        usual > 0
            ? Messages.text(
                "run.stopping.usual",
                Formats.time(seconds),
                doing(record),
                Formats.time(Math.ceil(usual)))
            : Messages.text("run.stopping", Formats.time(seconds), doing(record));
    boolean late = seconds >= Math.max(PATIENCE.toSeconds(), 3 * usual);
    return late
        ? new RunNotice(text + " " + lost(record, look), false, true)
        : new RunNotice(text, false, false);
  }

  private static String doing(RunRecord record) {
    Event.Phase phase = record.phase();
    String key = phase == null ? "starting" : phase.phase();
    return switch (key) {
      case "training" -> Messages.text("run.doing.training", record.step() + 1);
      case "saving" -> Messages.text("run.doing.saving", record.step());
      default -> Messages.text("run.doing", key);
    };
  }

  private static String lost(RunRecord record, RunLook look) {
    int kept = look.checkpoint().orElse(0);
    return Messages.text("run.stopping.lost", Math.max(0, record.step() - kept), kept);
  }

  /** "No sign of life since 14:02:11; process 8123 is not alive; its lock is held." */
  static String silence(RunFolder run, RunRecord record, RunLook look, boolean held) {
    String since = EventLine.clock(look.heartbeat().toEpochMilli());
    String lock = Messages.text(held ? "run.lock.held" : "run.lock.free");
    if (record.started() == null) {
      return Messages.text("run.silent", since, lock);
    }
    long pid = record.started().pid();
    boolean alive = new HoldingProcess(pid, look.heartbeat()).alive();
    String life = Messages.text(alive ? "run.process.alive" : "run.process.dead");
    return Messages.text("run.silent.process", since, Long.toString(pid), life, lock);
  }

  private static Optional<RunFolder.Asked> first(
      List<RunFolder.Asked> asked, Predicate<Command> wanted) {
    return asked.stream().filter(letter -> wanted.test(letter.command())).findFirst();
  }
}
