package org.adapterstudio.app.queue;

import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.report.NightPage;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.queue.NightReport;
import org.kordamp.ikonli.javafx.FontIcon;

/** The morning report as a column of cards. */
final class ReportPane extends VBox {
  ReportPane() {
    super(16);
    getStyleClass().add("queue-report");
  }

  void show(NightReport report) {
    getChildren().clear();
    if (report == null) {
      return;
    }
    getChildren().add(head(report));
    report.items().forEach(item -> getChildren().add(card(item)));
  }

  private static HBox head(NightReport report) {
    var numbers = new HBox(32);
    numbers.getStyleClass().add("card");
    numbers
        .getChildren()
        .addAll(
            metric("" + report.finished(), "queue.report.finished"),
            metric("" + report.failed(), "queue.report.failed"),
            metric("" + report.stopped(), "queue.report.stopped"),
            metric("" + report.open(), "queue.report.open"),
            metric(Formats.time(report.seconds()), "queue.report.work"));
    if (report.best() != null) {
      var best = metric("%.4f".formatted(report.best().heldOut()), "queue.report.best");
      ((Label) best.getChildren().getLast())
          .setText(Messages.text("queue.report.best", report.best().name()));
      numbers.getChildren().add(best);
    }
    return numbers;
  }

  private static VBox metric(String value, String key) {
    var number = new Label(value);
    number.getStyleClass().add("metric-value");
    number.setMinWidth(Region.USE_PREF_SIZE);
    var words = new Label(Messages.text(key, ""));
    words.getStyleClass().add("metric-label");
    var metric = new VBox(number, words);
    metric.getStyleClass().add("metric");
    return metric;
  }

  private static VBox card(NightReport.Item item) {
    var badge =
        new Label(
            Messages.text("queue.state." + item.state().words()),
            new FontIcon(QueueCell.icon(item.state())));
    badge.getStyleClass().addAll("badge", QueueCell.tint(item.state()));
    badge.setMinWidth(Region.USE_PREF_SIZE);
    var name = new Label(item.name());
    name.getStyleClass().add("strong");
    var facts = new Label(facts(item));
    facts.getStyleClass().add("muted");
    facts.setMinWidth(Region.USE_PREF_SIZE);
    var gap = new Region();
    HBox.setHgrow(gap, javafx.scene.layout.Priority.ALWAYS);
    var line = new HBox(12, badge, name, gap, facts);
    line.setAlignment(Pos.CENTER_LEFT);
    var card = new VBox(8, line);
    card.getStyleClass().add("card");
    Stream.concat(Stream.of(String.join(", ", item.settings()), item.why()), item.again().stream())
        .filter(words -> !words.isEmpty())
        .forEach(words -> card.getChildren().add(sentence(words)));
    return card;
  }

  private static String facts(NightReport.Item item) {
    return String.join(
        " · ",
        List.of(
                item.total() == 0 ? "" : Messages.text("queue.report.steps", NightPage.steps(item)),
                item.seconds() == 0 ? "" : Formats.time(item.seconds()),
                item.heldOut() == null
                    ? ""
                    : Messages.text("queue.report.held_out", "%.4f".formatted(item.heldOut())))
            .stream()
            .filter(words -> !words.isEmpty())
            .toList());
  }

  private static Label sentence(String words) {
    var label = new Label(words);
    label.setWrapText(true);
    label.getStyleClass().add("muted");
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }
}
