package org.adapterstudio.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.queue.ActFacts;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.run.OsLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio queue perform}: one command of a queue, in a process the keeper started. */
@Command(
    name = "perform",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Carries out a command that is in a queue.")
final class QueuePerformCommand implements Callable<Integer> {
  private static final long PATIENCE_MILLIS = 2000;
  private final Desk desk;

  @Parameters(index = "0", paramLabel = "QUEUE", description = "Folder of the queue.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "ID", description = "The entry.")
  private String id;

  QueuePerformCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var queue = new QueueFolder(desk.folder().resolve(folder));
    QueueEntry entry =
        queue
            .entry(id)
            .filter(found -> found.work() instanceof Work.Act)
            .orElseThrow(
                () -> StudioException.badInput("There is no command " + id + " to do.", ""));
    Path act = ActFacts.made(queue.act(entry));
    try (var _ = OsLock.take(ActFacts.lockFile(act), PATIENCE_MILLIS).orElseThrow(this::twice)) {
      return perform((Work.Act) entry.work(), act);
    }
  }

  private int perform(Work.Act work, Path act) {
    long started = System.currentTimeMillis();
    var said = new StringWriter();
    int code =
        Studio.run(
            saying(desk, Path.of(work.folder()), said), work.command().toArray(String[]::new));
    var lines = said.toString().strip().lines().toList();
    ActFacts.write(
        act,
        new ActFacts.Outcome(
            code, started, System.currentTimeMillis(), lines.isEmpty() ? "" : lines.getLast()));
    return code;
  }

  /** The same desk in another folder, whose words are also kept. */
  private static Desk saying(Desk desk, Path folder, StringWriter said) {
    return new Desk(
        new PrintWriter(new Both(desk.out(), said)),
        new PrintWriter(new Both(desk.err(), said)),
        folder,
        desk.engine(),
        desk.runs(),
        desk.interrupts(),
        desk.window(),
        desk.pictures(),
        false);
  }

  private StudioException twice() {
    return StudioException.badInput(id + " is being carried out already.", "Wait for its end.");
  }

  /** Writes to two places. */
  private static final class Both extends Writer {
    private final PrintWriter one;
    private final StringWriter other;

    Both(PrintWriter one, StringWriter other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(char[] text, int from, int length) {
      one.write(text, from, length);
      other.write(text, from, length);
    }

    @Override
    public void flush() {
      one.flush();
    }

    @Override
    public void close() {
      one.flush();
    }
  }
}
