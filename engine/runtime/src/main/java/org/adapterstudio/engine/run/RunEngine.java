package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.memory.ProcessMemory;
import org.adapterstudio.engine.watch.Watches;

/** Takes a run's lock for life and trains until the run has its last word. */
public final class RunEngine {
  /** Version of the studio, written into runs. */
  public static final String VERSION = "0.1.0";

  private RunEngine() {}

  /** Trains the run in a folder; true when it finished or stopped as asked. */
  public static boolean run(Path folder) {
    RunFolder run = RunFolder.open(folder);
    run.refuseImported();
    EngineLock lock =
        EngineLock.take(run)
            .orElseThrow(
                () ->
                    new StudioException(
                        new Failure(
                            "locked",
                            "Another engine is at work on " + run.path() + ".",
                            "Watch it with `studio show`, or stop it first.",
                            "")));
    try (lock;
        EventLog log = EventLog.open(run.events());
        var heartbeat = new Heartbeat(run)) {
      var entries = EventLog.readAll(run.events());
      Behind behind = Behind.of(run);
      if (behind.finished(entries)) {
        throw TrainingRun.nothingToDo(run);
      }
      int from = behind.step();
      int threads = threads(run);
      long pid = ProcessHandle.current().pid();
      String device = run.recipe().training().device();
      log.append(new Event.Started(pid, VERSION, device, threads, from));
      behind.untold(entries).forEach(log::append);
      log.sync();
      AtomicFile.write(run.engineFile(), Json.pretty(new Engine(pid, VERSION, device, threads)));
      Files.createDirectories(run.inbox()); // a copied folder may have lost its empty ones
      return new TrainingRun(run, journal(run, log), heartbeat, Disk.of(run)).go(behind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Journal journal(RunFolder run, EventLog log) {
    var before = RunHistory.of(run).entries().stream().map(EventLog.Entry::event).toList();
    return new Journal(log, Watches.of(run.recipe(), ProcessMemory.machine()), before);
  }

  /** What engine.json shows. */
  private record Engine(long pid, String version, String device, int threads) {}

  private static int threads(RunFolder run) {
    return Threads.count(run.recipe().training().threads());
  }
}
