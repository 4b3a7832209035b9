package org.adapterstudio.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.queue.NightReport;

/** The morning report as one HTML page that needs nothing else. */
public final class NightPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);
  private final NightReport report;
  private final ZoneId zone;

  /** A page whose times are those of a zone. */
  public NightPage(NightReport report, ZoneId zone) {
    this.report = report;
    this.zone = zone;
  }

  /** Writes the page, whole or not at all. */
  public void write(Path file) {
    AtomicFile.write(file, page());
  }

  /** What happened in one line. */
  public static String headline(NightReport report) {
    var words = new java.util.ArrayList<String>();
    words.add(report.finished() + " finished");
    if (report.failed() > 0) {
      words.add(report.failed() + " failed");
    }
    if (report.stopped() > 0) {
      words.add(report.stopped() + " stopped");
    }
    if (report.open() > 0) {
      words.add(report.open() + " not ended");
    }
    words.add(Formats.time(report.seconds()) + " at work");
    return String.join(" · ", words);
  }

  /** The page's text. */
  public String page() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>Morning report · Adapter Studio</title>\n<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<main>\n<header>\n<h1>Morning report</h1>\n"
        + "<p class=\"facts\">"
        + Html.text(headline(report))
        + "</p>\n</header>\n"
        + best()
        + Html.section("What ran", "", table())
        + again()
        + "</main>\n</body>\n</html>\n";
  }

  private String best() {
    return report.best() == null
        ? ""
        : Html.section(
            "Best on held-out rows",
            "",
            "<p>%s, loss %.4f</p>"
                .formatted(Html.text(report.best().name()), report.best().heldOut()));
  }

  private String table() {
    var table = new StringBuilder("<table>\n<thead>");
    table
        .append(Html.row("th", "Name", "State", "Steps", "Started", "At work", "Held out", ""))
        .append("</thead>\n<tbody>");
    for (NightReport.Item item : report.items()) {
      table.append(
          Html.row(
              "td",
              item.name(),
              item.state().words(),
              steps(item),
              item.started() == 0 ? "" : TIME.format(at(item.started())),
              item.seconds() == 0 ? "" : Formats.time(item.seconds()),
              item.heldOut() == null ? "" : "%.4f".formatted(item.heldOut()),
              String.join(" ", sentences(item))));
    }
    return table.append("</tbody></table>").toString();
  }

  private static List<String> sentences(NightReport.Item item) {
    return java.util.stream.Stream.concat(
            item.settings().stream(), java.util.stream.Stream.of(item.why()))
        .filter(words -> !words.isEmpty())
        .toList();
  }

  private String again() {
    var list = new StringBuilder();
    for (NightReport.Item item : report.items()) {
      for (String sentence : item.again()) {
        list.append("<li>").append(Html.text(item.name() + ": " + sentence)).append("</li>\n");
      }
    }
    return list.isEmpty()
        ? ""
        : Html.section("What was tried again", "", "<ul>\n" + list + "</ul>");
  }

  /** "12 of 60", or nothing where no steps are made. */
  public static String steps(NightReport.Item item) {
    return item.total() == 0
        ? (item.step() == 0 ? "" : Formats.whole(item.step()))
        : Formats.whole(item.step()) + " of " + Formats.whole(item.total());
  }

  private java.time.ZonedDateTime at(long millis) {
    return Instant.ofEpochMilli(millis).atZone(zone);
  }

  private static String style() {
    try (var in = NightPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
