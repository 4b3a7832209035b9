package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.app.exchange.RunLog;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio log}: a run's numbers in a form other programs read. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the numbers of a run's log: losses, learning rate, gradient norm, speed, scores,",
      "ranks of every layer. What a resume superseded is left out.",
      "",
      "Forms: csv, one line a step with a column for every series; jsonl, the rows of the Hugging",
      "Face trainer's log; tensorboard, an event file in the folder --out."
    },
    footer = {
      "",
      "Examples:",
      "  studio log first-adapter --form csv > first-adapter.csv",
      "  studio log first-adapter --form jsonl --out log.jsonl",
      "  studio log first-adapter --form tensorboard --out logs/first-adapter",
      "  tensorboard --logdir logs"
    })
final class LogCommand implements Callable<Integer> {
  /** What can be written. */
  enum Form {
    CSV,
    JSONL,
    TENSORBOARD
  }

  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(
      names = "--form",
      required = true,
      paramLabel = "FORM",
      description = "csv, jsonl or tensorboard.")
  private Form form;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "File, of tensorboard the folder. Default for csv and jsonl: standard output.")
  private Path out;

  LogCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    var log = new RunLog(RunHistory.of(run));
    if (log.size() == 0) {
      throw StudioException.badInput(
          run.name() + " has no numbers yet.", "Wait for its first step.");
    }
    switch (form) {
      case CSV -> write(log.csv());
      case JSONL -> write(log.jsonLines());
      case TENSORBOARD -> desk.out().println(log.tensorBoard(folder()));
    }
    desk.out().flush();
    return Exit.OK;
  }

  private Path folder() {
    if (out == null) {
      throw StudioException.badInput(
          "--form tensorboard writes a file into a folder, and --out is missing.",
          "Add --out DIR; `tensorboard --logdir DIR` shows it.");
    }
    return desk.folder().resolve(out).normalize();
  }

  private void write(String text) {
    if (out == null) {
      desk.out().print(text);
    } else {
      desk.out().println(RunLog.write(desk.folder().resolve(out).normalize(), text));
    }
  }
}
