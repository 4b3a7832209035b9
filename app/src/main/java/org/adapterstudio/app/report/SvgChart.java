package org.adapterstudio.app.report;

import java.util.List;

/** One line chart as inline SVG: grid, ticks, lines and dots in the page's own colours. */
final class SvgChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 56;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 32;
  private final Scale x;
  private final Scale y;
  private final StringBuilder marks = new StringBuilder();
  private final String title;

  /** A number over a step. */
  record Point(double x, double y) {}

  /** A chart wide enough for all points. */
  SvgChart(String title, List<Point> all) {
    this.title = title;
    var finite = all.stream().filter(p -> Double.isFinite(p.y())).toList();
    double low = finite.stream().mapToDouble(Point::y).min().orElse(0);
    double high = finite.stream().mapToDouble(Point::y).max().orElse(1);
    double room = 0.05 * (high - low);
    double bottom = low >= 0 && low < 0.3 * high ? 0 : low - room;
    this.x =
        new Scale(
            all.stream().mapToDouble(Point::x).min().orElse(0),
            all.stream().mapToDouble(Point::x).max().orElse(1),
            LEFT,
            WIDTH - RIGHT);
    this.y = new Scale(bottom, high + room, HEIGHT - BOTTOM, TOP);
  }

  /** Joins points; the style is a class of the page. */
  SvgChart line(List<Point> points, String style) {
    var path = new StringBuilder();
    boolean pen = false;
    for (Point point : points) {
      if (Double.isFinite(point.y())) {
        path.append(pen ? 'L' : 'M')
            .append("%.1f %.1f".formatted(x.pixel(point.x()), y.pixel(point.y())));
      }
      pen = Double.isFinite(point.y());
    }
    marks.append("<path class=\"%s\" d=\"%s\"/>%n".formatted(style, path));
    return this;
  }

  /** Sets a dot at each point that tells its numbers when pointed at. */
  SvgChart dots(List<Point> points, String style) {
    for (Point point : points) {
      marks.append(
          "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>step %.0f: %.4f</title></circle>%n"
              .formatted(style, x.pixel(point.x()), y.pixel(point.y()), point.x(), point.y()));
    }
    return this;
  }

  /** The whole drawing. */
  String svg() {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s%s</svg>%n"
        .formatted(WIDTH, HEIGHT, Html.text(title), axes(), marks);
  }

  private String axes() {
    var lines = new StringBuilder();
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      lines.append(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
              .formatted(LEFT, WIDTH - RIGHT, at, at));
      lines.append(
          "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>%n"
              .formatted(LEFT - 8, at + 4, Scale.label(tick)));
    }
    for (double tick : x.ticks()) {
      lines.append(
          "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>%n"
              .formatted(x.pixel(tick), HEIGHT - 10, Scale.label(tick)));
    }
    return lines.toString();
  }
}
