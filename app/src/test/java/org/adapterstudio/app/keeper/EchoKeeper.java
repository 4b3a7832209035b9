package org.adapterstudio.app.keeper;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EchoTraining;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.EnginesAtWork;

/** A real keeper process whose engines are real processes that train nothing. */
public final class EchoKeeper {
  private EchoKeeper() {}

  /** Starts one. */
  static Process start(QueueFolder queue) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EchoKeeper.class.getName(),
                queue.path().toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  public static void main(String[] args) {
    var queue = new QueueFolder(Path.of(args[0]));
    var keeper =
        new Keeper(
            queue,
            DetachedRuns.startedBy(run -> EchoTraining.command(run, "finish")),
            (_, entry) -> {
              throw new IllegalStateException("No command was queued, but " + entry.id());
            },
            new EnginesAtWork(queue.path().resolve("engines")),
            InstantSource.system());
    keeper.keep(EchoKeeper::pause);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
