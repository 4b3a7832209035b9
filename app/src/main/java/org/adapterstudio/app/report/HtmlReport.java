package org.adapterstudio.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/**
 * A run as one HTML page that needs nothing else: result, curves, spectra, samples, recipe. Light
 * or dark as the reader's system is. Everything that comes from files is escaped.
 */
public final class HtmlReport {
  private final RunFolder run;
  private final RunHistory history;
  private final Optional<Comparison> comparison;
  private final int scoredRows;

  /** A report on a run; the comparison, on so many rows, where one was made. */
  public HtmlReport(RunFolder run, Optional<Comparison> comparison, int scoredRows) {
    this.run = run;
    this.history = RunHistory.of(run);
    this.comparison = comparison;
    this.scoredRows = scoredRows;
  }

  /** Writes the page, whole or not at all. */
  public void write(Path file) {
    AtomicFile.write(file, page());
  }

  /** The page's text. */
  public String page() {
    String title = Html.text(run.recipe().name());
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + title
        + " · Adapter Studio</title>\n<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<main>\n"
        + head()
        + comparison.map(this::result).orElse("")
        + curves()
        + spectra()
        + samples()
        + recipe()
        + "</main>\n</body>\n</html>\n";
  }

  private String head() {
    var planned = history.last(Event.Planned.class);
    var started = history.last(Event.Started.class);
    var facts =
        List.of(
            history.state().words(),
            "step " + history.step() + planned.map(p -> " of " + p.totalSteps()).orElse(""),
            planned
                .map(
                    p ->
                        "%,d of %,d parameters trained"
                            .formatted(p.trainableParameters(), p.totalParameters()))
                .orElse("parameters unknown"),
            started.map(s -> s.device() + ", " + s.threads() + " threads").orElse("never started"),
            history
                .last(Event.Finished.class)
                .map(f -> "%.0f s of training".formatted(f.trainSeconds()))
                .orElse("not finished"));
    return "<header>\n<h1>%s</h1>\n<p class=\"facts\">%s</p>\n</header>%n"
        .formatted(Html.text(run.recipe().name()), Html.text(String.join(" · ", facts)));
  }

  private String result(Comparison found) {
    String rows =
        line("base", found.base(), "")
            + line("adapter", found.adapter(), "best")
            + line("adapter trained on shuffled answers", found.wrongLabelControl(), "");
    String table =
        "<table class=\"result\">\n<thead>"
            + Html.row("th", "model", "loss", "exact match", "")
            + "</thead>\n<tbody>"
            + rows
            + "</tbody></table>";
    return Html.section(
        "Result", "Greedy answers on %d held-out rows.".formatted(scoredRows), table);
  }

  private static String line(String label, Score score, String style) {
    return "<tr class=\"%s\"><td>%s</td><td class=\"number\">%.4f</td><td class=\"number\">%.1f %%</td><td class=\"meter\"><span style=\"width:%.1f%%\"></span></td></tr>%n"
        .formatted(
            style,
            Html.text(label),
            score.loss(),
            100 * score.exactMatch(),
            100 * score.exactMatch());
  }

  private String curves() {
    if (history.all(Event.Step.class).isEmpty()) {
      return Html.section("Training", "No step was made.", "");
    }
    var curves = new Curves(history);
    return Html.section(
            "Loss", "Thin: each step. Bold: smoothed (0.6). Dots: held-out rows.", curves.loss())
        + scores(curves)
        + Html.section("Learning rate", "", curves.learningRate());
  }

  private String scores(Curves curves) {
    var page = new StringBuilder();
    var evaluated = history.all(Event.Evaluated.class);
    Scores.best(evaluated.stream().map(Event.Evaluated::scores).toList())
        .forEach(
            (key, best) ->
                page.append(
                    Html.section(
                        Scores.title(key),
                        "On %d held-out rows; best %s."
                            .formatted(evaluated.getLast().rows(), Scores.value(key, best)),
                        curves.score(key))));
    return page.toString();
  }

  private String spectra() {
    var measured = history.all(Event.Spectrum.class);
    if (measured.isEmpty() || measured.getLast().layers().isEmpty()) {
      return "";
    }
    var spectra = new Spectra(measured);
    return Html.section(
            "Effective rank of each layer's update",
            "How many directions of the update really count, over the steps.",
            spectra.heatMap())
        + Html.section(
            "Singular values of each layer's update",
            "After step %d, each chart relative to its largest value."
                .formatted(measured.getLast().step()),
            spectra.singularValues());
  }

  private String samples() {
    var all = history.all(Event.Sampled.class);
    if (all.isEmpty()) {
      return "";
    }
    int last = all.getLast().step();
    var table = new StringBuilder("<table class=\"samples\">\n<thead>");
    table.append(Html.row("th", "prompt", "base", "adapter")).append("</thead>\n<tbody>");
    all.stream()
        .filter(sample -> sample.step() == last)
        .forEach(s -> table.append(Html.row("td", s.prompt(), s.base(), s.adapter())));
    return Html.section(
        "Samples", "After step " + last + ".", table.append("</tbody></table>").toString());
  }

  private String recipe() {
    String json = Json.pretty(Json.read(run.recipeFile()));
    return Html.section("Recipe", "", "<pre>" + Html.text(json) + "</pre>");
  }

  private static String style() {
    try (var in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
