package org.adapterstudio.app.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;

/**
 * The process that last held a run, as its folder tells. A folder that was copied here tells of a
 * process of another machine.
 *
 * @param pid its number
 * @param said when it wrote that number
 */
public record HoldingProcess(long pid, Instant said) {
  private static final Duration START = Duration.ofMinutes(5);

  /** What a run's folder tells; nothing where no engine ever held it. */
  public static Optional<HoldingProcess> of(RunFolder run) {
    if (!Files.isRegularFile(run.engineFile())) {
      return Optional.empty();
    }
    try {
      long pid = Json.read(run.engineFile()).path("pid").asLong();
      Instant said = Files.getLastModifiedTime(run.engineFile()).toInstant();
      return Optional.of(new HoldingProcess(pid, said));
    } catch (IOException | StudioException e) {
      return Optional.empty();
    }
  }

  /** Whether a process of this number lives here. */
  public boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /**
   * Ends the engine of a run at once: what it did since its last checkpoint is lost, nothing else.
   * Refuses where the run is not held, or by a process that is not known to be its engine.
   */
  public static void end(RunFolder run) {
    ProcessHandle process =
        of(run)
            .filter(_ -> EngineLock.held(run))
            .flatMap(HoldingProcess::engine)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        "No process of this machine is known to be the engine of "
                            + run.name()
                            + ".",
                        "Where the folder is on a shared disk, end it on the machine it runs on."));
    process.destroyForcibly();
    process.onExit().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  /** The process, where it started shortly before it wrote its number. */
  private Optional<ProcessHandle> engine() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, said))
                    .map(age -> age.compareTo(START) < 0 && age.toSeconds() >= -2)
                    .orElse(true));
  }
}
