package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command.Pause;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio pause}: no more steps, nothing leaves memory. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a run to make no more steps and to keep everything in memory, and waits until it does.",
      "`studio resume` lets it go on; saving and stopping work as always."
    },
    footer = {"", "Example:", "  studio pause first-adapter"})
final class PauseCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  PauseCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    Live.check(run);
    run.send(new Pause());
    RunHistory history = Live.await(run, h -> h.state() == RunState.PAUSED || !h.state().live());
    if (history.state() != RunState.PAUSED) {
      throw StudioException.badInput(
          run.name() + " ended before it paused: " + history.state().words() + ".",
          "`studio show " + run.name() + "` tells more.");
    }
    desk.out().printf("%s paused after step %d%n", run.name(), history.step());
    desk.out().flush();
    return Exit.OK;
  }
}
