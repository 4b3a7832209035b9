package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio new-model}: a base to train from scratch. */
@Command(
    name = "new-model",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an untrained model of a known family: its weights are drawn at random. Train it with",
      "the method \"full\" before anything else.",
      "Tokenizer and preprocessor files that lie beside the config.json are copied with it."
    },
    footer = {"", "Example:", "  studio new-model small-vit --out base --seed 1"})
final class NewModelCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "DIR", description = "Folder with a config.json of a known model_type.")
  private Path from;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new model's folder.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the random numbers; the same seed draws the same. Default: 0.")
  private long seed;

  NewModelCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var paths = new Paths(desk.folder());
    var request = new Request.NewModel(paths.absolute(from), paths.absolute(out), seed);
    var made = new Answers(desk).ask(request, Reply.ModelMade.class, _ -> {});
    desk.out()
        .printf(
            "%s  %s parameters, %s%n",
            made.path(), Words.count(made.parameters()), Words.size(made.bytes()));
    desk.out().flush();
    return Exit.OK;
  }
}
