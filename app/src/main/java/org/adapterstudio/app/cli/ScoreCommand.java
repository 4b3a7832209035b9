package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio score}: how well a run's result does rows it was not trained on. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a run's result on a file of rows: the loss and the scores of its task, such as",
      "accuracy; for conversations the share of greedy answers that match exactly."
    },
    footer = {
      "",
      "Examples:",
      "  studio score first-adapter",
      "  studio score first-adapter --base",
      "  studio score first-adapter --checkpoint 40 --file other.jsonl --json"
    })
final class ScoreCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private RunChoice choice;
  @Mixin private ResultChoice result;

  @Option(names = "--base", description = "Measures the base alone, for comparison.")
  private boolean base;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Rows to measure on. Default: the held-out file of the run's recipe.")
  private Path file;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Longest answer. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Mixin private JsonOutput json;

  ScoreCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    RunFolder run = choice.find(desk);
    Recipe recipe = run.recipe();
    String adapter = base ? null : result.of(run).toString();
    var request =
        new Request.Score(recipe, adapter, rows(recipe), maxTokens, recipe.training().threads());
    var scored = new Answers(desk).ask(request, Reply.Scored.class, _ -> {});
    json.print(desk, scored, () -> print(scored));
    return Exit.OK;
  }

  private String rows(Recipe recipe) {
    if (file != null) {
      return new Paths(desk.folder()).absolute(file);
    }
    if (recipe.data().eval() == null) {
      throw StudioException.badInput(
          "The run's recipe names no held-out file (data.eval).", "Give one with --file.");
    }
    return recipe.data().eval();
  }

  private void print(Reply.Scored scored) {
    line("rows", Words.count(scored.rows()));
    line("loss", Words.loss(scored.loss()));
    scored.scores().forEach((key, value) -> line(Scores.name(key), Scores.value(key, value)));
  }

  private void line(String label, String value) {
    desk.out().printf("%-16s %s%n", label, value);
  }
}
