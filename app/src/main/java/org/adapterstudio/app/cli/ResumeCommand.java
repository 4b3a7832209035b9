package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio resume}: goes on behind the newest checkpoint. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with a stopped, failed or lost run behind its newest sound checkpoint.",
      "The trajectory stays the same: data order, random draws and optimizer state are those of an",
      "unbroken run."
    },
    footer = {
      "",
      "Examples:",
      "  studio resume first-adapter",
      "  studio resume runs/tryout --detach"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(names = "--detach", description = "Returns as soon as the engine is at work.")
  private boolean detach;

  ResumeCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    RunState state = RunHistory.of(run).state();
    if (state == RunState.FINISHED) {
      throw StudioException.badInput(
          "The run " + run.name() + " is finished.", "Start a new one for more steps.");
    }
    desk.runs().launch(run);
    if (detach) {
      desk.out().println(run.name() + "  " + run.path());
      desk.out().flush();
      return Exit.OK;
    }
    return new RunFollower(desk, run).attached();
  }
}
