package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command.SaveNow;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio save}: a checkpoint now. */
@Command(
    name = "save",
    mixinStandardHelpOptions = true,
    description = "Asks a run to save a checkpoint now, and waits until it is on disk.",
    footer = {"", "Example:", "  studio save first-adapter"})
final class SaveCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  SaveCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    Live.check(run);
    int before = saved(RunHistory.of(run));
    run.send(new SaveNow());
    var history = Live.await(run, h -> saved(h) > before || !h.state().live());
    if (saved(history) == before) {
      throw StudioException.badInput(
          run.name() + " ended before it saved: " + history.state().words() + ".",
          "`studio show " + run.name() + "` tells more.");
    }
    var checkpoint = history.last(Event.CheckpointSaved.class).orElseThrow();
    desk.out().println(run.checkpoints().resolve(checkpoint.folder()));
    desk.out().flush();
    return Exit.OK;
  }

  private static int saved(RunHistory history) {
    return history.all(Event.CheckpointSaved.class).size();
  }
}
