package org.adapterstudio.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.contract.arena.Leaderboard;
import org.adapterstudio.contract.arena.Leaderboard.Row;

/** An arena's leaderboard as one HTML page that needs nothing else. */
public final class ArenaPage {
  private ArenaPage() {}

  /** The page's text. */
  public static String of(Leaderboard board) {
    var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
    page.append("<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>Arena · Adapter Studio</title>\n<style>\n").append(style());
    page.append("</style>\n</head>\n<body>\n<main>\n").append(head(board));
    for (String task : board.rows().stream().map(Row::task).distinct().toList()) {
      page.append(
          task(task, board.rows().stream().filter(row -> row.task().equals(task)).toList()));
    }
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String head(Leaderboard board) {
    String facts =
        "%d of %d runs · the longest of %d steps · held-out loss, mean over seeds"
            .formatted(board.made(), board.planned(), board.steps());
    return "<header>\n<h1>Arena</h1>\n<p class=\"facts\">" + Html.text(facts) + "</p>\n</header>\n";
  }

  private static String task(String name, List<Row> rows) {
    List<Row> ran = rows.stream().filter(row -> row.loss() != null).toList();
    double worst =
        ran.stream()
            .mapToDouble(
                row -> row.start() == null ? row.loss() : Math.max(row.loss(), row.start()))
            .max()
            .orElse(1);
    var table = new StringBuilder("<table class=\"result\">\n<thead>");
    table.append(
        Html.row(
            "th",
            "method",
            "loss",
            "",
            "spread",
            "score",
            "trained",
            "step",
            "memory",
            "rate",
            "seeds x steps"));
    table.append("</thead>\n<tbody>");
    ran.forEach(row -> table.append(line(row, worst)));
    table.append("</tbody></table>");
    var failed = new StringBuilder();
    rows.stream()
        .filter(row -> row.loss() == null)
        .forEach(row -> failed.append(Html.row("td", row.title(), row.failure())));
    if (!failed.isEmpty()) {
      table.append("<h3>Did not run</h3>\n<table class=\"samples\"><tbody>");
      table.append(failed).append("</tbody></table>");
    }
    return Html.section(name, "", table.toString());
  }

  private static String line(Row row, double worst) {
    return "<tr><td>%s</td><td class=\"number\">%.4f</td>"
            .formatted(Html.text(row.title()), row.loss())
        + "<td class=\"meter\"><span style=\"width:%.1f%%\"></span></td>"
            .formatted(100 * row.loss() / worst)
        + number(row.spread() == null ? "" : "%.4f".formatted(row.spread()))
        + number(row.score() == null ? "" : "%.1f %%".formatted(100 * row.score()))
        + number("%,d".formatted(row.trainable()))
        + number("%.1f ms".formatted(1000 * row.stepSeconds()))
        + number(Formats.memory(row.memoryBytes()))
        + number("%.1e".formatted(row.learningRate()))
        + number(row.seeds() + " x " + row.steps())
        + "</tr>\n";
  }

  private static String number(String text) {
    return "<td class=\"number\">" + Html.text(text) + "</td>";
  }

  private static String style() {
    try (var in = ArenaPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
