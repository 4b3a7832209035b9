package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command.GoOn;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio resume}: goes on behind the newest checkpoint, or rewinds to an earlier one. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with a stopped, failed or lost run behind its newest sound checkpoint, or with a",
      "paused one where it is.",
      "The trajectory stays the same: data order, random draws and optimizer state are those of an",
      "unbroken run. With --from the run is rewound: later checkpoints and the result are set",
      "aside, later events are superseded, nothing is deleted."
    },
    footer = {
      "",
      "A finished run is made longer by `studio extend`.",
      "",
      "Examples:",
      "  studio resume first-adapter",
      "  studio resume first-adapter --from 200 --dry-run",
      "  studio resume first-adapter --halve-learning-rate",
      "  studio resume runs/tryout --detach"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(
      names = "--from",
      paramLabel = "STEP",
      description = "Rewinds to the checkpoint of this step. Default: the newest sound one.")
  private Integer from;

  @Mixin private GoingOnChoice going;
  @Mixin private AdjustmentChoice adjustments;

  ResumeCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    if (!going.dry()) {
      adjustments.add(run);
    }
    if (from == null && !going.dry() && RunHistory.of(run).state() == RunState.PAUSED) {
      run.send(new GoOn());
      return going.watch(desk, run);
    }
    if (from == null && RunHistory.of(run).state() == RunState.FINISHED) {
      throw StudioException.badInput(
          "The run " + run.name() + " is finished.",
          "`studio extend "
              + run.name()
              + " --steps N` makes it longer; `studio resume "
              + run.name()
              + " --from STEP` rewinds it.");
    }
    return going.carryOut(desk, run, chosen(run), null);
  }

  private Choice chosen(RunFolder run) {
    boolean newest =
        from == null
            || Standing.of(run).newestSound().filter(one -> one.step() == from).isPresent()
                && RunHistory.of(run).state() != RunState.FINISHED;
    return newest ? new Choice.Resume() : new Choice.Rewind(from);
  }
}
