package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.lineage.Choice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio extend}: more steps for a run that is finished or stopped. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a finished or stopped run longer and goes on with it.",
      "The recipe stays frozen; the extension stands in amendments.json. Steps that were made keep",
      "the learning rates they were made with."
    },
    footer = {
      "",
      "Examples:",
      "  studio extend first-adapter --steps 200",
      "  studio extend first-adapter --steps 200 --rate held --dry-run"
    })
final class ExtendCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(
      names = "--steps",
      required = true,
      paramLabel = "N",
      description = "How many steps more.")
  private int steps;

  @Option(
      names = "--rate",
      paramLabel = "rebuilt|held",
      description = {
        "rebuilt: behind the last step the recipe's schedule made for the new number of steps.",
        "held: the last step's rate stays. Default: rebuilt."
      })
  private Amendment.Rate rate = Amendment.Rate.REBUILT;

  @Mixin private GoingOnChoice going;

  ExtendCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return going.carryOut(desk, choice.find(desk), new Choice.Extend(steps, rate), null);
  }
}
