package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio note}: a note on a run, and the name it is shown by. */
@Command(
    name = "note",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a note on a run, or gives it a name to show; without either, prints what is there."
    },
    footer = {
      "",
      "An empty text takes the note or the name away.",
      "",
      "Examples:",
      "  studio note first-adapter \"rank 8 was too little\"",
      "  studio note first-adapter --name \"Orders, rank 8\"",
      "  studio note first-adapter"
    })
final class NoteCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The note.")
  private String text;

  @Option(names = "--name", paramLabel = "NAME", description = "The name that lists show.")
  private String name;

  NoteCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    RunAbout about = text == null && name == null ? RunAbout.of(run) : change(run);
    if (!about.name().isEmpty()) {
      desk.out().println("name  " + about.name());
    }
    desk.out().println("note  " + (about.note().isEmpty() ? "-" : about.note()));
    desk.out().flush();
    return Exit.OK;
  }

  private RunAbout change(RunFolder run) {
    return RunAbout.change(
        run,
        before ->
            before
                .noted(text == null ? before.note() : text)
                .named(name == null ? before.name() : name));
  }
}
