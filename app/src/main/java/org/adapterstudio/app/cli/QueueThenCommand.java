package org.adapterstudio.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio queue then}: a command that waits until others have finished. */
@Command(
    name = "then",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a command of the studio into the queue, to be carried out when what it comes after has",
      "finished. The command is checked now, so that no misspelling is found out at night."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue then --after a export a --as merged --out my-model",
      "  studio queue then --after a,b --name scores score a"
    })
final class QueueThenCommand implements Callable<Integer> {
  /** Commands that need a person or would wait for the queue themselves. */
  private static final Set<String> NOT_AT_NIGHT =
      Set.of("queue", "window", "chat", "train", "resume");

  private final Desk desk;

  @Option(
      names = "--after",
      paramLabel = "ID",
      split = ",",
      description = "Entries or grids that must have finished before.")
  private List<String> after = new ArrayList<>();

  @Option(names = "--name", description = "Its id. Default: the command's words.")
  private String name;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "What to carry out, as typed behind `studio`.")
  private List<String> command;

  QueueThenCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if (NOT_AT_NIGHT.contains(command.getFirst())) {
      throw StudioException.badInput(
          "`studio " + command.getFirst() + "` cannot be put into the queue.",
          "`studio queue add` queues a run; other commands that end by themselves can be queued.");
    }
    Studio.check(desk, command);
    QueueFolder queue = QueueFolder.of(desk.folder());
    String id =
        name != null ? name : String.join("-", command.subList(0, Math.min(2, command.size())));
    var work = new Work.Act(command, desk.folder().toString());
    QueueEntry entry =
        new QueueEdits(queue).add(new QueueEdits.Wish(id, work, after, false, false, null));
    desk.runs().keep(queue);
    desk.out().println(entry.id());
    desk.out().flush();
    return Exit.OK;
  }
}
