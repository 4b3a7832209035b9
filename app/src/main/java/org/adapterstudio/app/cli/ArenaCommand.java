package org.adapterstudio.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.report.ArenaPage;
import org.adapterstudio.app.report.ClaimsText;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio arena}: all methods on the same small tasks with the same number of steps. */
@Command(
    name = "arena",
    mixinStandardHelpOptions = true,
    description = {
      "Trains every method and start state on the same small tasks with the same number of steps:",
      "learning rates by successive halving, then several seeds. Ctrl-C stops it; the same command",
      "goes on where it was."
    },
    footer = {
      "",
      "The folder gets arena.json (the plan), trials.jsonl (a line for each run), leaderboard.json",
      "and leaderboard.html; with --claims claims.json and claims.md.",
      "",
      "Examples:",
      "  studio arena",
      "  studio arena --methods lora,pissa,adalora --budget-minutes 5 --out small-arena",
      "  studio arena --claims --out claims"
    })
final class ArenaCommand implements Callable<Integer> {
  private static final String PROJECT = "first-adapter";
  private final Desk desk;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "arena",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--budget-minutes",
      paramLabel = "N",
      defaultValue = "20",
      description = "Time for all runs of the folder together. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--methods",
      paramLabel = "NAME,...",
      split = ",",
      description = "Methods and start states that take part. Default: all.")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "CPU threads; 0 takes all. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--claims",
      description = "Looks at claims of the literature instead, over five seeds.")
  private boolean claims;

  @Mixin private JsonOutput json;

  ArenaCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (!(minutes > 0)) {
      throw StudioException.badInput(
          "--budget-minutes is " + minutes + ".", "Give a number above 0.");
    }
    Path folder = desk.folder().resolve(out).normalize();
    var request =
        new Request.Arena(
            folder.toAbsolutePath().toString(),
            SampleProject.find(PROJECT).toAbsolutePath().normalize().toString(),
            minutes,
            methods,
            threads,
            claims);
    var stands = new Answers(desk).ask(request, Reply.ArenaStands.class, _ -> {});
    keep(folder, stands);
    json.print(desk, claims ? stands.findings() : stands.leaderboard(), () -> print(stands));
    return Exit.OK;
  }

  private void keep(Path folder, Reply.ArenaStands stands) {
    make(folder);
    Leaderboard board = stands.leaderboard();
    AtomicFile.write(folder.resolve("leaderboard.json"), Json.pretty(board));
    AtomicFile.write(folder.resolve("leaderboard.html"), ArenaPage.of(board));
    if (claims) {
      AtomicFile.write(folder.resolve("claims.json"), Json.pretty(stands.findings()));
      AtomicFile.write(folder.resolve("claims.md"), ClaimsText.of(stands.findings(), board));
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Reply.ArenaStands stands) {
    if (claims) {
      stands.findings().forEach(this::print);
    } else {
      print(stands.leaderboard());
    }
    Leaderboard board = stands.leaderboard();
    if (!board.complete()) {
      desk.out()
          .printf(
              "The budget ended after %d of %d runs; with more minutes the same command goes on.%n",
              board.made(), board.planned());
    }
  }

  private void print(Finding finding) {
    desk.out().println(finding.claim() + ": " + finding.verdict());
    if (finding.interval() != null) {
      desk.out().println("  " + finding.measure() + ": " + ClaimsText.interval(finding));
    }
    desk.out().println("  " + finding.note());
  }

  private void print(Leaderboard board) {
    var table =
        new Table(
            "TASK", "METHOD", "LOSS", "+-", "SCORE", "TRAINED", "STEP", "MEMORY", "RATE", "SEEDS");
    for (Leaderboard.Row row : board.rows()) {
      if (row.loss() != null) {
        table.row(
            row.task(),
            row.contender(),
            Words.loss(row.loss()),
            row.spread() == null ? "-" : Words.loss(row.spread()),
            row.score() == null ? "-" : "%.1f %%".formatted(100 * row.score()),
            Words.count(row.trainable()),
            "%.1f ms".formatted(1000 * row.stepSeconds()),
            Words.memory(row.memoryBytes()),
            Words.rate(row.learningRate()),
            row.seeds() + " x " + row.steps());
      }
    }
    desk.out().print(table);
    board.rows().stream()
        .filter(row -> row.loss() == null)
        .forEach(
            row -> desk.out().printf("%s, %s: %s%n", row.contender(), row.task(), row.failure()));
  }
}
