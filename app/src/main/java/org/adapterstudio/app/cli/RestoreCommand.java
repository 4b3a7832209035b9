package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Trash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio restore}: discarded runs come back, or go for good. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a discarded run back. Without RUN, lists what lies in the trash.",
      "With --delete the run goes for good."
    },
    footer = {
      "",
      "Examples:",
      "  studio restore",
      "  studio restore first-adapter",
      "  studio restore first-adapter --delete"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Name of a discarded run, or its folder in the trash.")
  private String run;

  @Option(names = "--delete", description = "Deletes the discarded run for good.")
  private boolean delete;

  @Mixin private JsonOutput json;

  RestoreCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (run == null) {
      list();
      return Exit.OK;
    }
    Trash.Discarded discarded = find();
    if (delete) {
      Trash.delete(discarded);
      desk.out().println("Deleted " + discarded.name() + " for good.");
    } else {
      desk.out().println(Trash.restore(discarded).path());
    }
    desk.out().flush();
    return Exit.OK;
  }

  private void list() {
    List<Trash.Discarded> all = Trash.list(desk.folder());
    json.print(
        desk,
        all,
        () ->
            all.forEach(
                one -> desk.out().printf("%-24s %s  %s%n", one.name(), ago(one), one.folder())));
  }

  private Trash.Discarded find() {
    Path place = desk.folder().resolve(run);
    if (Files.isDirectory(place) && run.contains(java.io.File.separator)) {
      return Trash.of(place);
    }
    return Trash.list(desk.folder()).stream()
        .filter(one -> one.name().equals(run))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no discarded run \"" + run + "\".", "`studio restore` lists them."));
  }

  private static String ago(Trash.Discarded one) {
    return Words.time(Duration.between(one.at(), Instant.now()).toSeconds()) + " ago";
  }
}
