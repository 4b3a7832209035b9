package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code studio runs}: all runs that a name can find, newest first. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of the project around this folder and of the studio's home.",
    footer = {"", "Examples:", "  studio runs", "  studio runs --json"})
final class RunsCommand implements Callable<Integer> {
  private final Desk desk;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  RunsCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var runs = Runs.list(desk.folder()).stream().map(RunSummary::of).toList();
    if (json) {
      desk.out().print(Json.pretty(runs));
    } else if (runs.isEmpty()) {
      desk.out().println("No runs in " + Runs.folder(desk.folder()) + ".");
    } else {
      var table = new Table("NAME", "STATE", "STEP", "LOSS", "EVAL LOSS", "FOLDER");
      runs.forEach(
          run ->
              table.row(
                  run.name(),
                  run.state(),
                  run.steps(),
                  number(run.loss()),
                  number(run.evalLoss()),
                  run.folder()));
      desk.out().print(table);
    }
    desk.out().flush();
    return Exit.OK;
  }

  private static String number(Double loss) {
    return loss == null ? "-" : Words.loss(loss);
  }
}
