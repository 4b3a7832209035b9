package org.adapterstudio.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.report.Comparison;
import org.adapterstudio.app.report.Score;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code studio demo}: the main job on the sample project, from base model to proven adapter. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Trains an adapter on the sample project, proves on held-out rows that it learnt the task,",
      "and leaves adapter, merged model, report and pictures of the window in a folder."
    },
    footer = {
      "",
      "The folder gets run/, adapter/, merged/, result.json, report.html and pictures/.",
      "The exit code is 0 only when base and control fail at the task and the adapter masters it.",
      "",
      "Example:",
      "  studio demo --out demo"
    })
final class DemoCommand implements Callable<Integer> {
  private static final String PROJECT = "first-adapter";
  private final Desk desk;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "Where everything is left. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Changes one field of the sample's recipe; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--no-window", description = "Opens no window, also where there is a display.")
  private boolean noWindow;

  DemoCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Path folder = desk.folder().resolve(out).normalize();
    if (Files.exists(folder.resolve("run")) || Files.exists(folder.resolve("control"))) {
      throw StudioException.badInput(
          folder + " already holds a demo.", "Choose another --out or delete that folder.");
    }
    Path project = SampleProject.find(PROJECT);
    Recipe recipe = RecipeFile.read(project.resolve("recipe.json"), settings);
    var demo = new Demo(desk, folder, recipe);
    demo.introduce();
    demo.train(!noWindow);
    demo.trainControl();
    Comparison found = demo.compare();
    demo.export();
    demo.leave(found);
    print(found, demo.scoredRows(), folder);
    return verdict(found);
  }

  private void print(Comparison found, int rows, Path folder) {
    var table = new Table("MODEL", "LOSS", "EXACT MATCH");
    line(table, "base", found.base());
    line(table, "adapter", found.adapter());
    line(table, "adapter trained on shuffled answers", found.wrongLabelControl());
    desk.out().printf("%nOn %d held-out rows:%n%n%s%n", rows, table);
    desk.out().printf("Trained in %s. Left in %s:%n", Words.time(found.trainSeconds()), folder);
    desk.out().println("  adapter/      Hugging Face PEFT");
    desk.out().println("  merged/       the base with the adapter merged in");
    desk.out().println("  report.html   recipe, curves, spectra, samples");
    desk.out().println("  pictures/     the window showing this run");
    desk.out().println("  result.json   the table above");
    desk.out().flush();
  }

  private static void line(Table table, String label, Score score) {
    table.row(label, Words.loss(score.loss()), "%.1f %%".formatted(100 * score.exactMatch()));
  }

  private int verdict(Comparison found) {
    if (found.convincing()) {
      return Exit.OK;
    }
    desk.err()
        .println(
            "studio: The comparison does not convince: the adapter should be right in over 90 % of"
                + " the rows, base and control in under 20 %. More steps may help: --set"
                + " training.max_steps=...");
    return Exit.FAILURE;
  }
}
