package org.adapterstudio.app.report;

import java.util.List;
import org.adapterstudio.contract.run.Event.Spectrum;

/**
 * What the adapter's updates look like: effective rank over time and singular values at the end.
 */
final class Spectra {
  private static final int LABEL = 190;
  private static final int ROW = 14;
  private static final int PLOT = 440;
  private static final int CELL_WIDTH = 150;
  private static final int CELL_HEIGHT = 92;
  private static final int COLUMNS = 4;
  private final List<Spectrum> spectra;

  /** Of all measurements of a run, oldest first; at least one. */
  Spectra(List<Spectrum> spectra) {
    this.spectra = spectra;
  }

  /** Layers downwards, steps to the right, effective rank as colour. */
  String heatMap() {
    var layers = spectra.getLast().layers();
    double high = highestRank();
    int height = ROW * layers.size() + 26;
    var cells = new StringBuilder();
    for (int row = 0; row < layers.size(); row++) {
      String name = layers.get(row).name();
      cells.append(
          "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
              .formatted(LABEL - 8, row * ROW + 11, Html.text(shortName(name))));
      for (int column = 0; column < spectra.size(); column++) {
        cells.append(cell(spectra.get(column), name, column, row, high));
      }
    }
    cells.append(stepLabels(height - 6));
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Effective rank\">%n%s</svg>%n%s"
        .formatted(LABEL + PLOT + 10, height, cells, legend(high));
  }

  /** One small bar chart for each layer, bars relative to its own largest value. */
  String singularValues() {
    var layers = spectra.getLast().layers();
    int rows = (layers.size() + COLUMNS - 1) / COLUMNS;
    var charts = new StringBuilder();
    for (int i = 0; i < layers.size(); i++) {
      charts.append(
          "<g transform=\"translate(%d %d)\">%s</g>%n"
              .formatted(
                  i % COLUMNS * (CELL_WIDTH + 10),
                  i / COLUMNS * (CELL_HEIGHT + 10),
                  bars(layers.get(i))));
    }
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Singular values\">%n%s</svg>%n"
        .formatted(COLUMNS * (CELL_WIDTH + 10), rows * (CELL_HEIGHT + 10), charts);
  }

  private String cell(Spectrum spectrum, String layer, int column, int row, double high) {
    double width = (double) PLOT / spectra.size();
    return spectrum.layers().stream()
        .filter(candidate -> candidate.name().equals(layer))
        .findFirst()
        .map(
            found ->
                "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"><title>%s, step %d: %.2f</title></rect>%n"
                    .formatted(
                        LABEL + column * width,
                        row * ROW,
                        width + 0.3,
                        ROW - 1,
                        Viridis.colour(found.effectiveRank() / high),
                        Html.text(layer),
                        spectrum.step(),
                        found.effectiveRank()))
        .orElse("");
  }

  private String stepLabels(int y) {
    return "<text class=\"tick\" x=\"%d\" y=\"%d\">step %d</text><text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">step %d</text>%n"
        .formatted(LABEL, y, spectra.getFirst().step(), LABEL + PLOT, y, spectra.getLast().step());
  }

  private static String legend(double high) {
    var legend = new StringBuilder("<svg viewBox=\"0 0 640 22\" aria-hidden=\"true\">");
    legend.append("<text class=\"tick\" x=\"182\" y=\"15\" text-anchor=\"end\">0</text>");
    for (int i = 0; i < 40; i++) {
      legend.append(
          "<rect x=\"%d\" y=\"4\" width=\"5.3\" height=\"12\" fill=\"%s\"/>"
              .formatted(LABEL + i * 5, Viridis.colour(i / 39.0)));
    }
    legend.append(
        "<text class=\"tick\" x=\"%d\" y=\"15\">%.1f effective rank</text></svg>%n"
            .formatted(LABEL + 208, high));
    return legend.toString();
  }

  private static String bars(Spectrum.Layer layer) {
    var values = layer.singularValues();
    double top = values.isEmpty() ? 0 : values.getFirst();
    double width = (double) CELL_WIDTH / Math.max(1, values.size());
    var bars = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double share = top > 0 ? values.get(i) / top : 0;
      bars.append(
          "<rect class=\"bar\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>%d: %.4g</title></rect>"
              .formatted(
                  i * width, 62 - 60 * share, width * 0.8, 60 * share, i + 1, values.get(i)));
    }
    bars.append("<line class=\"grid\" x1=\"0\" x2=\"150\" y1=\"62\" y2=\"62\"/>");
    bars.append(
        "<text class=\"tick\" y=\"75\">%s</text>".formatted(Html.text(shortName(layer.name()))));
    bars.append(
        "<text class=\"tick\" y=\"88\">σ₁ %.3g · eff. rank %.1f</text>"
            .formatted(top, layer.effectiveRank()));
    return bars.toString();
  }

  private double highestRank() {
    return Math.max(
        1,
        spectra.stream()
            .flatMap(spectrum -> spectrum.layers().stream())
            .mapToDouble(Spectrum.Layer::effectiveRank)
            .max()
            .orElse(1));
  }

  /** "model.layers.3.self_attn.q_proj" as "3 q_proj". */
  static String shortName(String name) {
    var found = java.util.regex.Pattern.compile("(\\d+)\\.(?:.*\\.)?([^.]+)$").matcher(name);
    return found.find() ? found.group(1) + " " + found.group(2) : name;
  }
}
