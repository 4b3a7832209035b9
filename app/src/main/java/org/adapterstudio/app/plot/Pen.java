package org.adapterstudio.app.plot;

/** What painting needs of a surface; a canvas and an SVG file both are one. Pixels, y downward. */
public interface Pen {
  /** Where text stands relative to its point; vertically it is always centred. */
  enum Anchor {
    /** Text begins at the point. */
    LEFT,
    /** Text is centred on the point. */
    CENTRE,
    /** Text ends at the point. */
    RIGHT
  }

  /** A straight line. */
  void line(double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed);

  /** How connected lines are broken from here on; {@link Dash#SOLID} at first. */
  void dash(Dash dash);

  /** Connected straight lines. */
  void polyline(Polyline line, Ink ink, double width, double opacity);

  /** A filled polygon. */
  void polygon(double[] xs, double[] ys, Ink ink);

  /** A filled circle. */
  void dot(double x, double y, double radius, Ink ink);

  /** A filled rectangle. */
  void box(double x, double y, double width, double height, Ink ink, double opacity);

  /** A rectangle in a colour that stands for a value, as 0xRRGGBB. */
  void cell(double x, double y, double width, double height, int rgb);

  /**
   * A rectangle of equal cells in colours that stand for values.
   *
   * @param rgb cell by cell and row by row, as 0xRRGGBB; below 0 is left out
   * @param columns cells in a row
   */
  void cells(double x, double y, double width, double height, int[] rgb, int columns);

  /** One line of text of the given size in pixels. */
  void text(String text, double x, double y, double size, Anchor anchor, Ink ink);

  /** Limits what follows to a rectangle, until {@link #unclip}. */
  void clip(double x, double y, double width, double height);

  /** Ends {@link #clip}. */
  void unclip();
}
