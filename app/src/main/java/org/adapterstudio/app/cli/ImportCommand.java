package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.exchange.Import;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio import}: runs of other programs, to look at and to compare. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a run that LLaMA Board (saves/MODEL/METHOD/train_...) or the Hugging Face trainer",
      "(checkpoint-N) left, into a run of this studio: curves, scores, and the settings that mean",
      "something here. It can be looked at and compared, not resumed. Nothing pickled is opened."
    },
    footer = {
      "",
      "Examples:",
      "  studio import saves/Llama-3-8B/lora/train_2026-03-02-14-02-11",
      "  studio import out/checkpoint-500 --name from-elsewhere"
    })
final class ImportCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "FOLDER", description = "Folder that the other program left.")
  private Path folder;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the run. Default: its own.")
  private String name;

  @Mixin private JsonOutput json;

  ImportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var done = Import.read(desk.folder().resolve(folder), Runs.folder(desk.folder()), name);
    json.print(desk, done, () -> print(done));
    return Exit.OK;
  }

  private void print(Import.Done done) {
    desk.out().printf("%s  %d steps, made by %s%n", done.run(), done.steps(), done.program());
    list("Settings there that mean nothing here", done.unread());
    list("Not told there, so the recipe shows defaults", done.untold());
  }

  private void list(String head, List<String> names) {
    if (!names.isEmpty()) {
      desk.out().println(head + ": " + String.join(", ", names) + ".");
    }
  }
}
