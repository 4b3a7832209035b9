package org.adapterstudio.app.plot;

import java.util.Locale;
import java.util.Map;

/** Writes strokes as SVG text. */
public final class SvgPen implements Pen {
  private final StringBuilder svg = new StringBuilder();
  private final Map<Ink, String> colours;
  private Dash dash = Dash.SOLID;
  private int clips;

  /** A picture of the given size; colours as CSS text, one for each ink. */
  public SvgPen(double width, double height, Map<Ink, String> colours) {
    this.colours = Map.copyOf(colours);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
            + " viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">",
        width, height, width, height);
    box(0, 0, width, height, Ink.GROUND, 1);
  }

  /** The whole file. */
  public String finish() {
    return svg + "</svg>\n";
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed) {
    add(
        "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\""
            + " stroke-width=\"%.2f\"%s/>",
        x1, y1, x2, y2, colours.get(ink), width, dashed ? " stroke-dasharray=\"4 4\"" : "");
  }

  @Override
  public void dash(Dash next) {
    dash = next;
  }

  @Override
  public void polyline(Polyline line, Ink ink, double width, double opacity) {
    var points = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      points.append(String.format(Locale.ROOT, "%.2f,%.2f ", line.xs()[i], line.ys()[i]));
    }
    add(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" stroke-opacity=\"%.2f\""
            + " stroke-linejoin=\"round\"%s points=\"%s\"/>",
        colours.get(ink), width, opacity, dash.svg(), points.toString().trim());
  }

  @Override
  public void polygon(double[] xs, double[] ys, Ink ink) {
    var points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      points.append(String.format(Locale.ROOT, "%.2f,%.2f ", xs[i], ys[i]));
    }
    add("<polygon fill=\"%s\" points=\"%s\"/>", colours.get(ink), points.toString().trim());
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    add("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" fill=\"%s\"/>", x, y, radius, colours.get(ink));
  }

  @Override
  public void box(double x, double y, double width, double height, Ink ink, double opacity) {
    add(
        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\""
            + " fill-opacity=\"%.2f\"/>",
        x, y, width, height, colours.get(ink), opacity);
  }

  @Override
  public void cell(double x, double y, double width, double height, int rgb) {
    add(
        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>",
        x, y, width, height, rgb);
  }

  @Override
  public void cells(double x, double y, double width, double height, int[] rgb, int columns) {
    double cellWidth = width / columns;
    double cellHeight = height / (rgb.length / columns);
    for (int i = 0; i < rgb.length; i++) {
      int next = i;
      while (next + 1 < rgb.length && (next + 1) % columns != 0 && rgb[next + 1] == rgb[i]) {
        next++; // one rectangle for a stretch of equal cells
      }
      if (rgb[i] >= 0) {
        double left = x + i % columns * cellWidth;
        cell(left, y + i / columns * cellHeight, (next - i + 1) * cellWidth, cellHeight, rgb[i]);
      }
      i = next;
    }
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, Ink ink) {
    String at =
        switch (anchor) {
          case LEFT -> "start";
          case CENTRE -> "middle";
          case RIGHT -> "end";
        };
    add(
        "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.0f\" text-anchor=\"%s\""
            + " dominant-baseline=\"central\" fill=\"%s\">%s</text>",
        x, y, size, at, colours.get(ink), escaped(text));
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    clips++;
    add(
        "<clipPath id=\"c%d\"><rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>"
            + "</clipPath><g clip-path=\"url(#c%d)\">",
        clips, x, y, width, height, clips);
  }

  @Override
  public void unclip() {
    add("</g>");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
