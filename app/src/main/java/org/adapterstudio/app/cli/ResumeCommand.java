package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Command.GoOn;
import org.adapterstudio.contract.run.EngineLock;
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
      "Goes on with a stopped, failed or lost run behind its newest sound checkpoint, or with a",
      "paused one where it is.",
      "The trajectory stays the same: data order, random draws and optimizer state are those of an",
      "unbroken run."
    },
    footer = {
      "",
      "Examples:",
      "  studio resume first-adapter",
      "  studio resume runs/tryout --detach",
      "  studio resume first-adapter --halve-learning-rate"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(names = "--detach", description = "Returns as soon as the engine is at work.")
  private boolean detach;

  @Option(
      names = "--halve-learning-rate",
      description = "From here on every step has half its learning rate; the run's log says so.")
  private boolean halve;

  @Option(
      names = "--skip-bad-batches",
      description =
          "From here on batches whose loss or gradient is NaN or infinite are left out; the run's"
              + " log says so.")
  private boolean skip;

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
    if (state == RunState.PAUSED) {
      refuseAdjustments(run);
      run.send(new GoOn());
    } else {
      adjust(run);
      desk.runs().launch(run);
    }
    if (detach) {
      desk.out().println(run.name() + "  " + run.path());
      desk.out().flush();
      return Exit.OK;
    }
    return new RunFollower(desk, run).attached();
  }

  private void adjust(RunFolder run) {
    if (EngineLock.held(run)) {
      return; // launching will refuse it
    }
    if (halve) {
      Adjustments.add(run, Adjustment.halfLearningRate());
    }
    if (skip) {
      Adjustments.add(run, Adjustment.skippingNonFinite());
    }
  }

  private void refuseAdjustments(RunFolder run) {
    if (halve || skip) {
      throw StudioException.badInput(
          "The run " + run.name() + " is paused; its settings change only at a fresh start.",
          "Stop it first, then resume it with this flag.");
    }
  }
}
