package org.adapterstudio.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * One look at a run's folder, taken off the UI thread.
 *
 * @param fresh events since the last look
 * @param state of the run
 * @param heartbeat when the engine last gave a sign of life; null where it never did
 * @param checkpoint newest checkpoint's step
 * @param adapterReady whether an exported adapter is there
 * @param asked commands that no engine has carried out yet
 * @param adjustments asked for so far
 * @param log what the engine's log gained
 */
record RunLook(
    List<EventLog.Entry> fresh,
    RunState state,
    Instant heartbeat,
    Optional<Integer> checkpoint,
    boolean adapterReady,
    List<RunFolder.Asked> asked,
    Adjustments adjustments,
    String log) {

  static RunLook at(RunFolder run, RunHistory history, LogTail log) {
    try {
      RunState state = history.state(); // before the events: an end is then never missed
      List<EventLog.Entry> fresh = history.refresh();
      return new RunLook(
          fresh,
          fresh.isEmpty() ? state : history.state(),
          Files.exists(run.heartbeat())
              ? Files.getLastModifiedTime(run.heartbeat()).toInstant()
              : null,
          run.newestCheckpoint(),
          Files.isDirectory(run.adapter()),
          run.asked(),
          Adjustments.of(run),
          log.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
