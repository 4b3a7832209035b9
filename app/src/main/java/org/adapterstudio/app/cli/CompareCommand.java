package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.compare.CompareViewModel;
import org.adapterstudio.app.compare.ComparedRunReader;
import org.adapterstudio.app.compare.ComparedRuns;
import org.adapterstudio.app.compare.Neighbours;
import org.adapterstudio.app.compare.ResultRow;
import org.adapterstudio.app.compare.SettingRow;
import org.adapterstudio.app.compare.Why;
import org.adapterstudio.app.report.ComparePage;
import org.adapterstudio.app.runs.RunRowReader;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio compare}: what runs reached, what differs in them, and of two why. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Shows two to eight runs beside each other: results, and the settings that differ. Of two",
      "runs it tells why they may differ, and what other runs show of each reason's effect."
    },
    footer = {
      "",
      "Examples:",
      "  studio compare orders-r8 orders-r16",
      "  studio compare run-1 run-2 run-3 --all",
      "  studio compare orders-r8 orders-r16 --html comparison.html"
    })
final class CompareCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "Names or folders of runs.")
  private List<String> names;

  @Option(names = "--all", description = "Shows the settings that all runs share too.")
  private boolean all;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the comparison with its curves as one page.")
  private Path html;

  @Mixin private JsonOutput json;

  CompareCommand(Desk desk) {
    this.desk = desk;
  }

  /** What programs are told. */
  private record Answer(
      List<Compared> runs, List<Setting> settings, Double difference, List<Reason> why) {}

  /** A run with its results by name, in words. */
  private record Compared(
      String name, String folder, String state, int step, Double bestEvalLoss, Double seconds) {}

  /** A setting with a value for each run. */
  private record Setting(String path, List<String> values, boolean differs) {}

  /** A ranked reason; measured is null where no run shows its effect alone. */
  private record Reason(String kind, List<Setting> changes, Double measured) {}

  @Override
  public Integer call() {
    List<RunFolder> runs =
        names.stream().map(name -> Runs.find(name, desk.folder())).distinct().toList();
    if (runs.size() < 2 || runs.size() > CompareViewModel.MOST) {
      throw StudioException.badInput(
          "These are " + runs.size() + " different runs.", "Name two to eight.");
    }
    var neighbours =
        new Neighbours(
            Runs.list(desk.folder()).stream().map(run -> new RunRowReader(run).read()).toList());
    var comparison =
        ComparedRuns.of(
            runs.stream().map(run -> new ComparedRunReader(run).read()).toList(), neighbours);
    if (html != null) {
      AtomicFile.write(desk.folder().resolve(html), ComparePage.of(comparison, all));
    }
    json.print(desk, answer(comparison), () -> print(comparison));
    return Exit.OK;
  }

  private Answer answer(ComparedRuns comparison) {
    Why why = comparison.why();
    return new Answer(
        comparison.runs().stream()
            .map(
                run ->
                    new Compared(
                        run.name(),
                        run.run().path().toString(),
                        run.state().words(),
                        run.step(),
                        run.bestLoss().isPresent() ? (Double) run.bestLoss().getAsDouble() : null,
                        run.seconds()))
            .toList(),
        shown(comparison).stream().map(CompareCommand::setting).toList(),
        why == null ? null : why.difference(),
        why == null ? null : why.reasons().stream().map(CompareCommand::reason).toList());
  }

  private static Setting setting(SettingRow row) {
    return new Setting(row.path(), row.values(), row.differs());
  }

  private static Reason reason(Why.Reason reason) {
    return new Reason(
        reason.cause().kind().key(),
        reason.cause().changes().stream().map(CompareCommand::setting).toList(),
        reason.measured());
  }

  private List<SettingRow> shown(ComparedRuns comparison) {
    return all ? comparison.settings() : comparison.differing();
  }

  private void print(ComparedRuns comparison) {
    var heads = new ArrayList<>(List.of(""));
    for (int i = 0; i < comparison.runs().size(); i++) {
      heads.add((i + 1) + " " + comparison.runs().get(i).name());
    }
    var table = new Table(heads.toArray(String[]::new));
    comparison.results().forEach(row -> table.row(result(row)));
    for (SettingRow row : shown(comparison)) {
      table.row(cells(row.path(), row.values()));
    }
    desk.out().print(table);
    if (comparison.why() != null) {
      print(comparison.why());
    }
  }

  private static String[] result(ResultRow row) {
    String[] cells = cells(row.name(), row.values());
    for (int i = 0; i < row.values().size(); i++) {
      cells[i + 1] += row.isBest(i) ? " *" : "";
    }
    return cells;
  }

  private static String[] cells(String first, List<String> values) {
    var cells = new ArrayList<>(List.of(first));
    values.forEach(value -> cells.add(value.isEmpty() ? "-" : value.replace('\u202f', ' ')));
    return cells.toArray(String[]::new);
  }

  private void print(Why why) {
    desk.out().println();
    desk.out().println("Why do these two differ?");
    why.sentences().forEach(sentence -> desk.out().println("  " + sentence));
    for (int i = 0; i < why.reasons().size(); i++) {
      Why.Reason reason = why.reasons().get(i);
      desk.out()
          .printf(
              "  %d. %s: %s (%s)%n",
              i + 1, reason.title(), reason.cause().words(), reason.effect());
    }
  }
}
