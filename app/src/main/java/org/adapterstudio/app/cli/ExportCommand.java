package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio export}: a run's result in a form other programs read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a run's adapter, or its base with the adapter merged in, as a Hugging Face folder.",
      "Then it reopens the folder and compares its logits with the run's."
    },
    footer = {
      "",
      "Examples:",
      "  studio export first-adapter --as adapter --out my-adapter",
      "  studio export first-adapter --as merged --out my-model",
      "  studio export first-adapter --checkpoint 40 --as adapter --out early-adapter"
    })
final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  enum What {
    ADAPTER,
    MERGED
  }

  private final Desk desk;
  @Mixin private RunChoice choice;
  @Mixin private ResultChoice result;

  @Option(names = "--as", required = true, paramLabel = "WHAT", description = "adapter or merged.")
  private What what;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
  private Path out;

  @Mixin private JsonOutput json;

  ExportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    var request =
        new Request.Export(
            run.recipe().model().path(),
            result.of(run).toString(),
            what.name().toLowerCase(java.util.Locale.ROOT),
            new Paths(desk.folder()).absolute(out));
    var done = new Answers(desk).ask(request, Reply.Exported.class, _ -> {});
    json.print(
        desk,
        done,
        () ->
            desk.out()
                .printf(
                    "%s  %s, largest logit difference after reopening %.1e%n",
                    done.path(), Words.size(done.bytes()), done.maxLogitError()));
    return Exit.OK;
  }
}
