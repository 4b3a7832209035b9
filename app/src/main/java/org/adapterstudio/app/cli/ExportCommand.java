package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
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

  @Option(names = "--as", required = true, paramLabel = "WHAT", description = "adapter or merged.")
  private What what;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
  private Path out;

  @Option(names = "--checkpoint", paramLabel = "STEP", description = "Default: the run's result.")
  private Integer checkpoint;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  ExportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    var request =
        new Request.Export(
            run.recipe().model().path(),
            source(run).toString(),
            what.name().toLowerCase(java.util.Locale.ROOT),
            new Paths(desk.folder()).absolute(out));
    var done = new Answers(desk).ask(request, Reply.Exported.class, _ -> {});
    if (json) {
      desk.out().print(Json.pretty(done));
    } else {
      desk.out()
          .printf(
              "%s  %s, largest logit difference after reopening %.1e%n",
              done.path(), Words.size(done.bytes()), done.maxLogitError());
    }
    desk.out().flush();
    return Exit.OK;
  }

  /** The checkpoint asked for, else the exported adapter, else the newest checkpoint. */
  private Path source(RunFolder run) {
    if (checkpoint != null) {
      Path folder = run.checkpoint(checkpoint);
      if (!Files.isDirectory(folder)) {
        throw StudioException.badInput(
            run.name() + " has no checkpoint at step " + checkpoint + ".",
            "It has: " + run.checkpointSteps() + ".");
      }
      return folder;
    }
    if (Files.isDirectory(run.adapter())) {
      return run.adapter();
    }
    return run.newestCheckpoint()
        .map(run::checkpoint)
        .orElseThrow(
            () ->
                StudioException.badInput(
                    run.name() + " has neither a result nor a checkpoint yet.",
                    "`studio save " + run.name() + "` makes a checkpoint of a live run."));
  }
}
