package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command.Stop;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio stop}: saves and ends a run that can be resumed later. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Asks a run to save a checkpoint and end, and waits until it has.",
    footer = {"", "Example:", "  studio stop first-adapter"})
final class StopCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(names = "--no-wait", description = "Returns as soon as the run has been asked.")
  private boolean noWait;

  StopCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    Live.check(run);
    run.send(new Stop());
    if (noWait) {
      return Exit.OK;
    }
    RunHistory history = Live.await(run, h -> !h.state().live());
    RunState state = history.state();
    if (state == RunState.ENGINE_LOST || state == RunState.FAILED) {
      throw StudioException.badInput(
          run.name() + " ended without stopping in order: " + state.words() + ".",
          "`studio show " + run.name() + "` tells more.");
    }
    desk.out().printf("%s %s at step %d%n", run.name(), state.words(), history.step());
    desk.out().flush();
    return Exit.OK;
  }
}
