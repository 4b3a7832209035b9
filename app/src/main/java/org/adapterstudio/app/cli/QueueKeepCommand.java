package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.adapterstudio.app.keeper.DetachedActs;
import org.adapterstudio.app.keeper.Keeper;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.EnginesAtWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio queue keep}: the keeper's own process; started by the others. */
@Command(
    name = "keep",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Keeps a queue until nothing is due.")
final class QueueKeepCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 500;
  private final Desk desk;

  @Parameters(paramLabel = "QUEUE", description = "Folder of the queue.")
  private Path folder;

  QueueKeepCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var keeper =
        new Keeper(
            new QueueFolder(desk.folder().resolve(folder)),
            desk.runs(),
            new DetachedActs(),
            EnginesAtWork.ofHome(),
            InstantSource.system());
    keeper.keep(QueueKeepCommand::pause);
    return Exit.OK;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Ended(Exit.INTERRUPTED, "");
    }
  }
}
