package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.Trash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio delete}: runs go into the trash. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Moves runs into the trash beside them; a run whose engine lives is refused.",
    footer = {
      "",
      "`studio restore` lists what lies there and brings it back.",
      "",
      "Examples:",
      "  studio delete failed-1 failed-2",
      "  studio restore failed-1"
    })
final class DeleteCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Names or folders of runs.")
  private List<String> runs;

  DeleteCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    for (RunFolder run : runs.stream().map(name -> Runs.find(name, desk.folder())).toList()) {
      desk.out().println(run.name() + " is in the trash: " + Trash.discard(run).folder());
    }
    desk.out().flush();
    return Exit.OK;
  }
}
