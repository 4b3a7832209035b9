package org.adapterstudio.app.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapterstudio.app.report.NightPage;
import org.adapterstudio.contract.queue.Deeds;
import org.adapterstudio.contract.queue.NightReport;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code studio queue report}: what happened while nobody looked. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what the queue did: what ran and how it ended, the best run, what failed and why,"
          + " what",
      "was tried again, and the time it took. `studio queue clear` begins a new report."
    },
    footer = {
      "",
      "Examples:",
      "  studio queue report",
      "  studio queue report --html morning.html"
    })
final class QueueReportCommand implements Callable<Integer> {
  private final Desk desk;
  @Mixin private JsonOutput json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also writes it as a page.")
  private Path html;

  QueueReportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    var queue = QueueFolder.of(desk.folder());
    var deeds = new Deeds(queue.journal());
    var report = NightReport.of(new QueueLooks(queue).look(deeds), deeds);
    if (html != null) {
      new NightPage(report, ZoneId.systemDefault()).write(desk.folder().resolve(html));
    }
    json.print(desk, report, () -> print(report));
    return Exit.OK;
  }

  private void print(NightReport report) {
    desk.out().println(NightPage.headline(report));
    if (report.best() != null) {
      desk.out()
          .printf(
              "best on held-out rows: %s, loss %s%n",
              report.best().name(), Words.loss(report.best().heldOut()));
    }
    var table = new Table("NAME", "STATE", "STEPS", "AT WORK", "HELD OUT", "WHY");
    for (NightReport.Item item : report.items()) {
      table.row(
          item.name(),
          item.state().words(),
          item.total() == 0 ? "-" : item.step() + "/" + item.total(),
          item.seconds() == 0 ? "-" : Words.time(item.seconds()),
          item.heldOut() == null ? "-" : Words.loss(item.heldOut()),
          item.why());
    }
    desk.out().print(table);
    for (NightReport.Item item : report.items()) {
      again(item.name(), item.again());
    }
  }

  private void again(String name, List<String> sentences) {
    sentences.forEach(sentence -> desk.out().println(name + ": " + sentence));
  }
}
