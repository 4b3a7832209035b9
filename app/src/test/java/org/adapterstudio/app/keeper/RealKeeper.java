package org.adapterstudio.app.keeper;

import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.engine.DetachedRuns;
import org.adapterstudio.app.engine.EngineHome;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.EnginesAtWork;

/** A keeper process that starts real engines. */
public final class RealKeeper {
  private RealKeeper() {}

  /**
   * Starts one.
   *
   * @param engine folder in which the engine was built
   */
  static Process start(QueueFolder queue, Path engine) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dadapterstudio.engine.lib=" + engine + File.pathSeparator + engine.resolve("lib"),
                "-cp",
                System.getProperty("java.class.path"),
                RealKeeper.class.getName(),
                queue.path().toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  public static void main(String[] args) {
    var queue = new QueueFolder(Path.of(args[0]));
    new Keeper(
            queue,
            DetachedRuns.startedBy(RealKeeper::engine),
            new DetachedActs(),
            new EnginesAtWork(queue.path().resolve("engines")),
            InstantSource.system())
        .keep(RealKeeper::pause);
  }

  /** With the natives where the engine's own tests have unpacked them. */
  private static List<String> engine(Path run) {
    return EngineHome.find().run(run).stream()
        .filter(word -> !word.startsWith("-DDJL_CACHE_DIR"))
        .toList();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
