package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.app.engine.HoldingProcess;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command.End;
import org.adapterstudio.contract.run.Command.Stop;
import org.adapterstudio.contract.run.Command.StopAfterEpoch;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.Trash;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio stop}: ends a run in one of several ways, each of which says what it keeps. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a run to save a checkpoint and end, and waits until it has.",
      "",
      "Without a flag the step under way is finished and saved."
    },
    footer = {
      "",
      "Examples:",
      "  studio stop first-adapter",
      "  studio stop first-adapter --after-epoch --no-wait",
      "  studio stop first-adapter --discard"
    })
final class StopCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(names = "--no-wait", description = "Returns as soon as the run has been asked.")
  private boolean noWait;

  @ArgGroup private How how = new How();

  /** One of several ways. */
  private static final class How {
    @Option(
        names = "--after-epoch",
        description = "Ends when the pass over the data that is under way is done.")
    private boolean afterEpoch;

    @Option(
        names = "--discard",
        description =
            "Ends without saving and moves the run into the trash; `studio restore` brings it back."
                + " Works on ended runs too.")
    private boolean discard;

    @Option(
        names = "--now",
        description =
            "Ends the engine's process at once, also one that hangs. The steps since the last"
                + " checkpoint are lost.")
    private boolean now;
  }

  StopCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    if (how.discard) {
      return discard(run);
    }
    Live.check(run);
    return how.now ? now(run) : stop(run);
  }

  private int stop(RunFolder run) {
    run.send(how.afterEpoch ? new StopAfterEpoch() : new Stop());
    if (noWait) {
      return Exit.OK;
    }
    RunHistory history = Live.await(run, h -> !h.state().live() || refused(run, h));
    RunState state = history.state();
    if (state != RunState.STOPPED && state != RunState.FINISHED) {
      throw StudioException.badInput(
          run.name() + " has not stopped in order: it is " + state.words() + ".",
          "`studio show " + run.name() + "` tells more.");
    }
    return say("%s %s at step %d".formatted(run.name(), state.words(), history.step()));
  }

  /** Whether the run pauses instead, for want of room for its checkpoint. */
  private static boolean refused(RunFolder run, RunHistory history) {
    return history.state() == RunState.PAUSED && run.asked().isEmpty();
  }

  private int now(RunFolder run) {
    HoldingProcess.end(run);
    int kept = run.newestCheckpoint().orElse(0);
    int lost = Math.max(0, RunHistory.of(run).step() - kept);
    return say(
        "%s ended: %d steps since checkpoint %d are lost. `studio resume %s` goes on from there."
            .formatted(run.name(), lost, kept, run.name()));
  }

  private int discard(RunFolder run) {
    if (EngineLock.held(run)) {
      run.send(new End());
      Live.awaitAtMost(run, h -> !h.state().live(), 20);
      if (EngineLock.held(run)) {
        HoldingProcess.end(run);
      }
    }
    Trash.Discarded discarded = Trash.discard(run);
    // A run outside the folders of runs lies in a trash that its name does not find.
    boolean named = Trash.list(desk.folder()).contains(discarded);
    return say(
        "Discarded %s. `studio restore %s` brings it back."
            .formatted(run.name(), named ? run.name() : discarded.folder()));
  }

  private int say(String sentence) {
    desk.out().println(sentence);
    desk.out().flush();
    return Exit.OK;
  }
}
