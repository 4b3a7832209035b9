package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio show}: one run, once or until it ends. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a run: state, step, losses, checkpoints and where everything is.",
    footer = {
      "",
      "With --follow the exit code is 0 when the run finishes and 1 when it ends otherwise.",
      "",
      "Examples:",
      "  studio show first-adapter",
      "  studio show first-adapter --follow",
      "  studio show runs/tryout --json"
    })
final class ShowCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;

  @Option(names = "--follow", description = "Watches until the run ends; Ctrl-C ends the watching.")
  private boolean follow;

  @Mixin private JsonOutput json;

  ShowCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    int code = Exit.OK;
    if (follow) {
      code = new RunFollower(desk, run).watching();
    }
    var summary = RunSummary.of(run);
    json.print(desk, summary, () -> print(summary));
    return code;
  }

  private void print(RunSummary run) {
    line("run", run.name());
    line("state", run.state());
    var folder = new RunFolder(Path.of(run.folder()));
    line("comes from", Origin.of(folder).map(Origin::sentence).orElse(null));
    Amendments.of(folder).list().forEach(amendment -> line("amended", amendment.sentence()));
    line("step", run.steps());
    line("loss", run.loss() == null ? null : Words.loss(run.loss()));
    line(
        "eval loss",
        run.evalLoss() == null
            ? null
            : Words.loss(run.evalLoss()) + " (best " + Words.loss(run.bestEvalLoss()) + ")");
    line("memory", run.memory() == null ? null : Words.memory(run.memory()));
    if (run.scores() != null) {
      run.scores().forEach((key, value) -> line(Scores.name(key), score(run, key, value)));
    }
    line("time left", run.secondsLeft() == null ? null : Words.time(run.secondsLeft()));
    line(
        "checkpoints",
        run.checkpoints().isEmpty()
            ? "none"
            : "steps "
                + String.join(", ", run.checkpoints().stream().map(String::valueOf).toList()));
    line("adapter", run.adapter());
    line("folder", run.folder());
    line("failure", run.failure() == null ? null : run.failure().text());
  }

  private static String score(RunSummary run, String key, double value) {
    double best = run.bestScores().get(key);
    return Scores.value(key, value) + " (best " + Scores.value(key, best) + ")";
  }

  private void line(String label, String value) {
    if (value != null) {
      desk.out().printf("%-16s %s%n", label, value);
    }
  }
}
