package org.adapterstudio.app.run;

import java.util.Optional;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.RunFolder;

/**
 * What the failure card says.
 *
 * @param title what happened, in plain words
 * @param safe what is not lost
 * @param advice what to do; may be empty
 * @param detail folded; may be empty
 */
public record Trouble(String title, String safe, String advice, String detail) {

  /** The card of a state, or null where nothing is wrong. */
  static Trouble of(RunFolder run, RunLook look, RunRecord record, String log) {
    Optional<Integer> checkpoint = look.checkpoint();
    return switch (look.state()) {
      case FAILED -> record.failure() == null ? null : failed(record, checkpoint);
      case ENGINE_LOST ->
          new Trouble(
              Messages.text("run.trouble.lost", record.step()),
              safe(record, checkpoint) + silence(run, look, record),
              Messages.text("run.trouble.lost.advice"),
              log);
      default -> null;
    };
  }

  private static Trouble failed(RunRecord record, Optional<Integer> checkpoint) {
    Failure failure = record.failure();
    return new Trouble(
        failure.sentence(), safe(record, checkpoint), failure.action(), failure.detail());
  }

  private static String silence(RunFolder run, RunLook look, RunRecord record) {
    return look.heartbeat() == null ? "" : " " + RunNotice.silence(run, record, look, false);
  }

  private static String safe(RunRecord record, Optional<Integer> checkpoint) {
    if (checkpoint.isEmpty()) {
      return Messages.text("run.trouble.unsafe");
    }
    int again = record.step() - checkpoint.get();
    return again > 0
        ? Messages.text("run.trouble.safe.again", checkpoint.get(), again)
        : Messages.text("run.trouble.safe", checkpoint.get());
  }
}
