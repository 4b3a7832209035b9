package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio archive}: leaves runs out of lists. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Leaves runs out of lists without touching their files.",
    footer = {
      "",
      "Examples:",
      "  studio archive old-1 old-2",
      "  studio archive old-1 --undo",
      "  studio runs --archived"
    })
final class ArchiveCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Names or folders of runs.")
  private List<String> runs;

  @Option(names = "--undo", description = "Takes them back into the lists.")
  private boolean undo;

  ArchiveCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    for (RunFolder run : runs.stream().map(name -> Runs.find(name, desk.folder())).toList()) {
      RunAbout.change(run, about -> about.archived(!undo));
      desk.out().println(run.name() + (undo ? " is listed again." : " is archived."));
    }
    desk.out().flush();
    return Exit.OK;
  }
}
