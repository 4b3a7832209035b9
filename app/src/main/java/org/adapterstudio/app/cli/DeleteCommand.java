package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunTrash;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio delete}: runs go into the trash and come back from it. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Moves runs into the trash beside them; a run whose engine lives is refused.",
    footer = {
      "",
      "A run in the trash can be brought back for a week at least.",
      "",
      "Examples:",
      "  studio delete failed-1 failed-2",
      "  studio delete failed-1 --undo",
      "  studio delete --list"
    })
final class DeleteCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RUN", arity = "0..*", description = "Names or folders of runs.")
  private List<String> runs = List.of();

  @Option(names = "--undo", description = "Brings them back.")
  private boolean undo;

  @Option(names = "--list", description = "Lists what is in the trash.")
  private boolean list;

  DeleteCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (list == !runs.isEmpty()) {
      throw StudioException.badInput(
          "No run is named.", "Name runs to delete, or ask for --list alone.");
    }
    if (list) {
      deleted().forEach(run -> desk.out().println(run.name() + "  " + run.folder()));
    } else if (undo) {
      runs.forEach(this::restore);
    } else {
      runs.stream().map(name -> Runs.find(name, desk.folder())).toList().forEach(this::delete);
    }
    desk.out().flush();
    return Exit.OK;
  }

  private void delete(RunFolder run) {
    RunTrash.Deleted deleted = RunTrash.delete(run);
    desk.out().println(run.name() + " is in the trash: " + deleted.folder());
  }

  private void restore(String name) {
    RunTrash.Deleted last =
        deleted().stream()
            .filter(run -> run.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        "There is no run \"" + name + "\" in the trash.",
                        "`studio delete --list` tells what is."));
    desk.out().println(name + " is back: " + last.restore().path());
  }

  private List<RunTrash.Deleted> deleted() {
    return Stream.of(Runs.folder(desk.folder()), Runs.home().resolve("runs"))
        .distinct()
        .flatMap(runs -> RunTrash.list(runs).stream())
        .toList();
  }
}
