package org.adapterstudio.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.adapterstudio.app.compare.ComparedRun;
import org.adapterstudio.app.compare.ComparedRuns;
import org.adapterstudio.app.compare.ResultRow;
import org.adapterstudio.app.compare.SettingRow;
import org.adapterstudio.app.compare.Why;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.report.SvgChart.Point;

/** Runs beside each other as one HTML page that needs nothing else. */
public final class ComparePage {
  private static final double SMOOTHING = 0.9;

  /** More points than this one cannot see in a drawing of its size. */
  private static final int POINTS = 800;

  private ComparePage() {}

  /** The page's text; with {@code all} the settings that are shared stand in it too. */
  public static String of(ComparedRuns comparison, boolean all) {
    var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
    page.append("<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>Runs compared · Adapter Studio</title>\n<style>\n").append(style());
    page.append("</style>\n</head>\n<body>\n<main>\n").append(head(comparison.runs()));
    page.append(chart("Loss, smoothed (0.9)", lines(comparison, run -> smooth(run.loss())), false));
    page.append(chart("Held-out loss", lines(comparison, run -> points(run.heldOut())), true));
    if (comparison.why() != null) {
      page.append(why(comparison.why()));
    }
    page.append(Html.section("Results", "", results(comparison)));
    page.append(settings(comparison, all));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String head(List<ComparedRun> runs) {
    var head = new StringBuilder("<header>\n<h1>Runs compared</h1>\n<p class=\"facts\">");
    for (int i = 0; i < runs.size(); i++) {
      head.append(
          "%d<svg class=\"key\" viewBox=\"0 0 32 8\"><path class=\"run run%d\" d=\"M0 4L32 4\"/></svg>%s<br>%n"
              .formatted(i + 1, i + 1, Html.text(runs.get(i).name())));
    }
    return head.append("</p>\n</header>\n").toString();
  }

  private static List<List<Point>> lines(
      ComparedRuns comparison, Function<ComparedRun, List<Point>> line) {
    return comparison.runs().stream().map(line).map(ComparePage::thinned).toList();
  }

  private static String chart(String title, List<List<Point>> lines, boolean dots) {
    List<Point> points = lines.stream().flatMap(List::stream).toList();
    if (points.isEmpty()) {
      return Html.section(title, "Nothing was measured.", "");
    }
    var chart = new SvgChart(title, points);
    for (int i = 0; i < lines.size(); i++) {
      chart.line(lines.get(i), "run run" + (i + 1));
      if (dots) {
        chart.dots(lines.get(i), "dot dot" + (i + 1));
      }
    }
    return Html.section(title, "", chart.svg());
  }

  private static List<Point> smooth(Series series) {
    return Curves.smooth(points(series), SMOOTHING);
  }

  private static List<Point> points(Series series) {
    var points = new ArrayList<Point>(series.size());
    for (int i = 0; i < series.size(); i++) {
      points.add(new Point(series.x(i), series.y(i)));
    }
    return points;
  }

  private static List<Point> thinned(List<Point> points) {
    int stride = Math.max(1, (points.size() + POINTS - 1) / POINTS);
    return IntStream.range(0, points.size())
        .filter(i -> i % stride == 0)
        .mapToObj(points::get)
        .toList();
  }

  private static String why(Why why) {
    var text = new StringBuilder();
    why.sentences()
        .forEach(sentence -> text.append("<p>").append(Html.text(sentence)).append("</p>\n"));
    if (!why.reasons().isEmpty()) {
      text.append("<table class=\"compared\"><tbody>");
      for (int i = 0; i < why.reasons().size(); i++) {
        Why.Reason reason = why.reasons().get(i);
        String title = (i + 1) + ". " + reason.title();
        text.append(Html.row("td", title, reason.cause().words(), reason.effect()));
      }
      text.append("</tbody></table>");
    }
    return Html.section("Why do these two differ?", "", text.toString());
  }

  private static String results(ComparedRuns comparison) {
    var rows = new StringBuilder();
    for (ResultRow row : comparison.results()) {
      var cells = new ArrayList<String>();
      cells.add(row.name());
      for (int i = 0; i < row.values().size(); i++) {
        cells.add(row.values().get(i) + (row.isBest(i) ? " \u2605" : ""));
      }
      rows.append(Html.row("td", cells.toArray(String[]::new)));
    }
    return table(comparison.runs(), rows);
  }

  private static String settings(ComparedRuns comparison, boolean all) {
    List<SettingRow> shown = all ? comparison.settings() : comparison.differing();
    var rows = new StringBuilder();
    for (SettingRow row : shown) {
      var cells = new ArrayList<String>();
      cells.add(row.path() + (all && row.differs() ? " \u2260" : ""));
      cells.addAll(row.values());
      rows.append(Html.row("td", cells.toArray(String[]::new)));
    }
    String note = shown.isEmpty() ? "All settings are the same." : "";
    String title = all ? "Settings" : "Settings that differ";
    return Html.section(title, note, shown.isEmpty() ? "" : table(comparison.runs(), rows));
  }

  private static String table(List<ComparedRun> runs, CharSequence rows) {
    var heads = new ArrayList<>(List.of(""));
    for (int i = 0; i < runs.size(); i++) {
      heads.add((i + 1) + " " + runs.get(i).name());
    }
    return "<table class=\"compared\">\n<thead>"
        + Html.row("th", heads.toArray(String[]::new))
        + "</thead>\n<tbody>"
        + rows
        + "</tbody></table>";
  }

  private static String style() {
    try (var in = ComparePage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
