package org.adapterstudio.app.plot;

import java.util.HashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Strokes on a JavaFX canvas. */
final class CanvasPen implements Pen {
  private static final Map<Double, Font> FONTS = new HashMap<>(); // looking one up takes its time

  private final GraphicsContext canvas;
  private final Map<Ink, Color> colours;
  private Dash dash = Dash.SOLID;

  CanvasPen(GraphicsContext canvas, Map<Ink, Color> colours) {
    this.canvas = canvas;
    this.colours = colours;
    canvas.setLineJoin(StrokeLineJoin.ROUND);
    canvas.setLineCap(StrokeLineCap.BUTT); // another cap would close the gaps of dashes
    canvas.setTextBaseline(VPos.CENTER);
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed) {
    canvas.setStroke(colours.get(ink));
    canvas.setLineWidth(width);
    if (dashed) {
      canvas.setLineDashes(4, 4);
    }
    canvas.strokeLine(x1, y1, x2, y2);
    canvas.setLineDashes((double[]) null);
  }

  @Override
  public void dash(Dash next) {
    dash = next;
  }

  @Override
  public void polyline(Polyline line, Ink ink, double width, double opacity) {
    canvas.setGlobalAlpha(opacity);
    canvas.setStroke(colours.get(ink));
    canvas.setLineWidth(width);
    canvas.setLineDashes(dash.lengths());
    canvas.strokePolyline(line.xs(), line.ys(), line.size());
    canvas.setLineDashes((double[]) null);
    canvas.setGlobalAlpha(1);
  }

  @Override
  public void polygon(double[] xs, double[] ys, Ink ink) {
    canvas.setFill(colours.get(ink));
    canvas.fillPolygon(xs, ys, xs.length);
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    canvas.setFill(colours.get(ink));
    canvas.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  @Override
  public void box(double x, double y, double width, double height, Ink ink, double opacity) {
    canvas.setGlobalAlpha(opacity);
    canvas.setFill(colours.get(ink));
    canvas.fillRect(x, y, width, height);
    canvas.setGlobalAlpha(1);
  }

  @Override
  public void cell(double x, double y, double width, double height, int rgb) {
    canvas.setFill(Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255));
    canvas.fillRect(x, y, width, height);
  }

  @Override
  public void cells(double x, double y, double width, double height, int[] rgb, int columns) {
    if (rgb.length == 0) {
      return;
    }
    int rows = rgb.length / columns;
    int[] argb = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      argb[i] = rgb[i] < 0 ? 0 : 0xff000000 | rgb[i];
    }
    var image = new WritableImage(columns, rows);
    image
        .getPixelWriter()
        .setPixels(0, 0, columns, rows, PixelFormat.getIntArgbInstance(), argb, 0, columns);
    canvas.setImageSmoothing(false);
    canvas.drawImage(image, x, y, width, height);
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, Ink ink) {
    canvas.setFill(colours.get(ink));
    canvas.setFont(FONTS.computeIfAbsent(size, Font::font));
    canvas.setTextAlign(
        switch (anchor) {
          case LEFT -> TextAlignment.LEFT;
          case CENTRE -> TextAlignment.CENTER;
          case RIGHT -> TextAlignment.RIGHT;
        });
    canvas.fillText(text, x, y);
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    canvas.save();
    canvas.beginPath();
    canvas.rect(x, y, width, height);
    canvas.clip();
  }

  @Override
  public void unclip() {
    canvas.restore();
  }
}
