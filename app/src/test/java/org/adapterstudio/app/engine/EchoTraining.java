package org.adapterstudio.app.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;

/**
 * A real detached process that behaves as a training engine towards its run folder and trains
 * nothing. Its second argument tells it how to end.
 */
public final class EchoTraining {
  private EchoTraining() {}

  /** Its command line on this very Java and class path. */
  public static List<String> command(Path folder, String ending) {
    return new ArrayList<>(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EchoTraining.class.getName(),
            folder.toString(),
            ending));
  }

  public static void main(String[] args) throws Exception {
    var run = new RunFolder(Path.of(args[0]));
    if (args[1].equals("unborn")) {
      System.err.println("no room to start");
      System.exit(3);
    }
    var lock = EngineLock.take(run).orElseThrow();
    try (var log = EventLog.open(run.events())) {
      log.append(new Event.Started(ProcessHandle.current().pid(), "test", "cpu", 1, 0));
      log.append(new Event.Planned(3, 10, 2, 0, 0, 100, 1000));
      log.append(Event.Phase.of("training"));
      for (int step = 1; step <= 3; step++) {
        Thread.sleep(150);
        log.append(new Event.Step(step, 1.0 / step, 2e-4, 1, 0.1, 64, 640, 1 << 20, 0.15));
      }
      end(run, log, args[1]);
    }
    lock.close();
  }

  private static void end(RunFolder run, EventLog log, String ending) throws Exception {
    switch (ending) {
      case "finish" -> log.append(new Event.Finished(3, 0.5));
      case "fail" ->
          log.append(
              new Event.Failed(
                  3, new Failure("non_finite_loss", "The loss is NaN.", "Lower the rate.", "")));
      case "die" -> Runtime.getRuntime().halt(9);
      default -> {
        while (!commanded(run)) {
          Thread.sleep(20);
        }
        log.append(new Event.CheckpointSaved(3, "step-3", 1000, 0.1, "stop"));
        log.append(new Event.Stopped(3));
      }
    }
  }

  private static boolean commanded(RunFolder run) throws Exception {
    try (var files = Files.list(run.inbox())) {
      var commands = files.filter(file -> file.toString().endsWith(".json")).toList();
      for (Path command : commands) {
        Files.delete(command);
      }
      return !commands.isEmpty();
    }
  }
}
