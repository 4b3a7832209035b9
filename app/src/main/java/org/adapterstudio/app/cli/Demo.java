package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.app.engine.EngineClient;
import org.adapterstudio.app.report.Comparison;
import org.adapterstudio.app.report.HtmlReport;
import org.adapterstudio.app.report.Score;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;

/** The steps of the demo, each told before it is made. */
final class Demo {
  private static final long SHUFFLE_SEED = 7;
  private final Desk desk;
  private final Path folder;
  private final Recipe recipe;
  private RunFolder run;
  private RunFolder control;
  private int scoredRows;

  Demo(Desk desk, Path folder, Recipe recipe) {
    this.desk = desk;
    this.folder = folder;
    this.recipe = recipe.named("demo");
  }

  void introduce() {
    say("Base model  " + recipe.model().path());
    say("Data        " + recipe.data().train());
    say("Held out    " + recipe.data().eval());
    var adapter = recipe.adapter();
    var training = recipe.training();
    say(
        "Method      %s, rank %d, alpha %s; %d steps of %d rows at %s"
            .formatted(
                adapter.method(),
                adapter.rank(),
                adapter.alpha(),
                training.maxSteps(),
                training.effectiveBatch(),
                Words.rate(training.learningRate())));
  }

  /** Trains the adapter as a detached run; with a display the window shows it live. */
  void train(boolean showWindow) {
    say("");
    say("1/4  Training the adapter");
    run = RunFolder.create(folder.resolve("run"), recipe);
    desk.runs().launch(run);
    if (showWindow) {
      desk.pictures().openWindow(run);
    }
    follow(run);
  }

  /** Trains an adapter of the same recipe on answers dealt out at random. */
  void trainControl() {
    say("");
    say("2/4  Training the control: the same recipe, answers dealt out at random");
    Path rows = folder.resolve("control").resolve("shuffled.jsonl");
    ShuffledAnswers.write(Path.of(recipe.data().train()), rows, SHUFFLE_SEED);
    control = RunFolder.create(folder.resolve("control"), controlRecipe(rows));
    desk.runs().launch(control);
    follow(control);
  }

  /** Scores base, adapter and control on the held-out rows. */
  Comparison compare() {
    say("");
    say("3/4  Answering the held-out rows");
    try (var engine = desk.engine().get()) {
      Score base = score(engine, null);
      Score adapter = score(engine, run.adapter());
      Score wrong = score(engine, control.adapter());
      double seconds = RunHistory.of(run).last(Event.Finished.class).orElseThrow().trainSeconds();
      return new Comparison(base, adapter, wrong, seconds);
    }
  }

  /** Writes the adapter and the merged model; the engine reopens and checks both. */
  void export() {
    say("");
    say("4/4  Exporting");
    try (var engine = desk.engine().get()) {
      for (String what : new String[] {"adapter", "merged"}) {
        var request =
            new Request.Export(
                recipe.model().path(),
                run.adapter().toString(),
                what,
                folder.resolve(what).toString());
        var done = new Answers(desk).ask(engine, request, Reply.Exported.class, _ -> {});
        say(
            "%s, %s; reopened, largest logit difference %.1e"
                .formatted(what, Words.size(done.bytes()), done.maxLogitError()));
      }
    }
  }

  /** Leaves result, report and pictures. */
  void leave(Comparison found) {
    AtomicFile.write(folder.resolve("result.json"), Json.pretty(found));
    new HtmlReport(run, Optional.of(found), scoredRows).write(folder.resolve("report.html"));
    desk.pictures().take(run, folder.resolve("pictures"));
  }

  int scoredRows() {
    return scoredRows;
  }

  private void follow(RunFolder followed) {
    int code = new RunFollower(desk, followed).attached();
    if (code != Exit.OK) {
      throw new Ended(code, "The demo ended early; what was made so far is in " + folder + ".");
    }
  }

  private Score score(EngineClient engine, Path adapter) {
    if (adapter != null && !Files.isDirectory(adapter)) {
      throw StudioException.badInput(
          "The run left no adapter in " + adapter + ".", "Its log beside it tells more.");
    }
    var request =
        new Request.Score(
            recipe,
            adapter == null ? null : adapter.toString(),
            recipe.data().eval(),
            recipe.sampling().maxTokens(),
            recipe.training().threads());
    var scored = new Answers(desk).ask(engine, request, Reply.Scored.class, _ -> {});
    scoredRows = scored.rows();
    return new Score(scored.loss(), scored.scores().getOrDefault("exact_match", 0.0));
  }

  /** Without samples and spectra: only the weights are wanted. */
  private Recipe controlRecipe(Path rows) {
    var tree = Json.<com.fasterxml.jackson.databind.node.ObjectNode>tree(recipe.named("control"));
    tree.withObjectProperty("data").put("train", rows.toString());
    tree.withObjectProperty("training").put("spectrum_steps", 0).put("eval_steps", 0);
    tree.remove("sampling");
    return Json.as(tree, Recipe.class);
  }

  private void say(String line) {
    desk.err().println(line);
  }
}
