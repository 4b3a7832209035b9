package org.adapterstudio.app.keeper;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.app.engine.DetachedProcess;
import org.adapterstudio.app.engine.OwnProgram;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.ActFacts;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;

/** Carries out commands in processes of this very program, in sessions of their own. */
public final class DetachedActs implements ActLauncher {
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public void launch(QueueFolder queue, QueueEntry entry) {
    Path folder = ActFacts.made(queue.act(entry));
    List<String> command =
        OwnProgram.command("queue", "perform", queue.path().toString(), entry.id());
    Process process = DetachedProcess.start(command, folder, ActFacts.log(folder), _ -> {});
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (System.nanoTime() < end && !ActFacts.look(folder).live()) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          check(process, folder);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void check(Process process, Path folder) {
    if (ActFacts.look(folder).outcome() == null) {
      throw new StudioException(
          new Failure(
              "act_lost",
              "The command ended while starting (exit code " + process.exitValue() + ").",
              "Its log is " + ActFacts.log(folder) + ".",
              ""));
    }
  }
}
