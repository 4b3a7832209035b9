package org.adapterstudio.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio queue}: what waits, and what a person changes in it. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what waits for its turn, runs, or has ended.",
      "A keeper in the background starts one entry on a device at a time. Closing the terminal, a",
      "kill or a restart of the computer loses nothing: the next `studio queue start` goes on."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue add recipe.json --set adapter.rank=8",
      "  studio queue then --after first-adapter export first-adapter --as merged --out my-model",
      "  studio queue grid recipe.json --set training.learning_rate=1e-4,2e-4 --halve-at 200",
      "  studio queue move second --first",
      "  studio queue report --html morning.html"
    },
    subcommands = {
      QueueAddCommand.class,
      QueueThenCommand.class,
      QueueGridCommand.class,
      QueueQuietCommand.class,
      QueueReportCommand.class,
      QueueKeepCommand.class,
      QueuePerformCommand.class
    })
final class QueueCommand implements Callable<Integer> {
  private final Desk desk;
  private final QueueFolder queue;
  @Mixin private JsonOutput json;

  QueueCommand(Desk desk) {
    this.desk = desk;
    this.queue = QueueFolder.of(desk.folder());
  }

  @Override
  public Integer call() {
    List<QueueLine> lines = new QueueLooks(queue).look().stream().map(QueueLine::of).toList();
    json.print(desk, lines, () -> print(lines));
    return Exit.OK;
  }

  private void print(List<QueueLine> lines) {
    queue
        .unreadable()
        .forEach(file -> desk.err().println("Warning: " + file + " cannot be read; left out."));
    if (lines.isEmpty()) {
      desk.out().println("Nothing in the queue " + queue.path() + ".");
      desk.out().println("`studio queue add recipe.json` puts a run into it.");
      return;
    }
    var table = new Table("ID", "STATE", "STEP", "DEVICE", "WHAT");
    lines.forEach(
        line -> table.row(line.id(), line.state(), line.steps(), line.device(), line.what()));
    desk.out().print(table);
    boolean due = lines.stream().anyMatch(line -> line.state().equals("waiting"));
    if (due && !queue.kept()) {
      desk.out().println("No keeper is at work; `studio queue start` starts one.");
    }
  }

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = "Puts an entry before another one, first or last.",
      footer = {"", "Examples:", "  studio queue move second --before first"})
  int move(
      @Parameters(paramLabel = "ID", description = "The entry to move.") String id,
      @Option(names = "--before", paramLabel = "ID", description = "Goes before this one.")
          String before,
      @Option(names = "--first", description = "Goes before all others.") boolean first) {
    var entries = queue.entries();
    String target = first && !entries.isEmpty() ? entries.getFirst().id() : before;
    if (!id.equals(target)) {
      edits().move(id, target);
    }
    return keep();
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Takes entries out. For a day `studio queue restore` puts them back, with the folder of a",
        "run that was never started."
      },
      footer = {"", "Examples:", "  studio queue remove second"})
  int remove(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    ids.forEach(edits()::remove);
    return Exit.OK;
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Puts back what was taken out within a day.",
      footer = {"", "Examples:", "  studio queue restore second"})
  int restore(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    ids.forEach(edits()::restore);
    return keep();
  }

  @Command(
      name = "hold",
      mixinStandardHelpOptions = true,
      description = "Holds entries back until they are released.",
      footer = {"", "Examples:", "  studio queue hold second"})
  int hold(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    ids.forEach(id -> edits().hold(id, true));
    return Exit.OK;
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Lets held entries go.",
      footer = {"", "Examples:", "  studio queue release second"})
  int release(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    ids.forEach(id -> edits().hold(id, false));
    return keep();
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description =
          "Tries entries again that failed or were stopped; a run goes on behind its checkpoint.",
      footer = {"", "Examples:", "  studio queue retry second"})
  int retry(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
    ids.forEach(edits()::retry);
    return keep();
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description = "Takes everything out that has ended and that nothing else comes after.",
      footer = {"", "Examples:", "  studio queue clear"})
  int clear() {
    edits().clear(new QueueLooks(queue).look()).forEach(desk.out()::println);
    desk.out().flush();
    return Exit.OK;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a keeper, if none is at work.",
      footer = {"", "Examples:", "  studio queue start"})
  int start() {
    edits().editing(() -> null);
    return keep();
  }

  private QueueEdits edits() {
    return new QueueEdits(queue);
  }

  private int keep() {
    desk.runs().keep(queue);
    return Exit.OK;
  }
}
