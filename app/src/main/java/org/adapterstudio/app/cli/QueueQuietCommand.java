package org.adapterstudio.app.cli;

import java.util.concurrent.Callable;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QuietHours;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio queue quiet}: hours in which nothing new starts. */
@Command(
    name = "quiet",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the hours in which the queue starts nothing, in local time; an end before the begin is",
      "the next morning. Without times it tells what is set."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue quiet 22:00 07:00",
      "  studio queue quiet 08:00 18:00 --stop",
      "  studio queue quiet --off"
    })
final class QueueQuietCommand implements Callable<Integer> {
  private final Desk desk;

  @Parameters(index = "0", arity = "0..1", paramLabel = "FROM", description = "Begin, as 22:00.")
  private String from;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TO", description = "End, as 07:00.")
  private String to;

  @Option(
      names = "--stop",
      description = "What runs is saved and stopped meanwhile, and goes on afterwards.")
  private boolean stop;

  @Option(names = "--off", description = "No quiet hours.")
  private boolean off;

  QueueQuietCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var queue = QueueFolder.of(desk.folder());
    if (off) {
      queue.quiet(QuietHours.NONE);
    } else if (from != null) {
      queue.quiet(QuietHours.between(from, to == null ? "" : to, stop));
    }
    QuietHours now = queue.quiet();
    desk.out()
        .println(
            now.set()
                ? "Quiet from %s to %s%s."
                    .formatted(
                        now.from(),
                        now.to(),
                        now.stopRunning() ? "; what runs is stopped meanwhile" : "")
                : "No quiet hours.");
    desk.out().flush();
    return Exit.OK;
  }
}
