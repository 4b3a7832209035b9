package org.adapterstudio.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code studio tag}: adds tags to runs and takes tags away. */
@Command(
    name = "tag",
    description = "Adds tags (+tag) to runs and takes tags away (-tag); prints the tags they have.",
    footer = {
      "",
      "Examples:",
      "  studio tag first-adapter +good -bad",
      "  studio tag run-1 run-2 run-3 +night"
    })
final class TagCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(
      paramLabel = "RUN|+TAG|-TAG",
      arity = "1..*",
      description = "Names or folders of runs; tags with + or - before them.")
  private List<String> words = new ArrayList<>();

  /** Without a short form: {@code -hot} is a tag to take away. */
  @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
  private boolean help;

  TagCommand(Desk desk) {
    this.desk = desk;
  }

  /** A tag to take away begins as an option does. */
  @Spec
  void parse(CommandSpec spec) {
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() {
    List<String> add = behind("+");
    List<String> remove = behind("-");
    List<RunFolder> runs =
        words.stream()
            .filter(word -> !word.startsWith("+") && !word.startsWith("-"))
            .map(run -> Runs.find(run, desk.folder()))
            .toList();
    if (runs.isEmpty()) {
      throw StudioException.badInput("No run is named.", "Name one, as in studio tag RUN +good.");
    }
    for (RunFolder run : runs) {
      RunAbout about =
          add.isEmpty() && remove.isEmpty()
              ? RunAbout.of(run)
              : RunAbout.change(run, before -> before.tagged(add, remove));
      String tags = about.tags().isEmpty() ? "-" : String.join(" ", about.tags());
      desk.out().println(run.name() + "  " + tags);
    }
    desk.out().flush();
    return Exit.OK;
  }

  private List<String> behind(String sign) {
    return words.stream()
        .filter(word -> word.startsWith(sign))
        .map(word -> word.substring(1))
        .toList();
  }
}
