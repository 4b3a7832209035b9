package org.adapterstudio.engine.image;

/** The size a picture is brought to. */
sealed interface Target {
  /** Width and height for a picture of a size; may be beyond what is read. */
  Sides of(int width, int height);

  /** Sides in pixels; long, because an edge of an odd picture can leave the range of int. */
  record Sides(long width, long height) {}

  /** This size, whatever the picture's shape. */
  record Exact(int height, int width) implements Target {
    @Override
    public Sides of(int from, int to) {
      return new Sides(width, height);
    }
  }

  /**
   * The shape is kept: the shorter edge becomes this long.
   *
   * @param longest the longer edge becomes at most this long; 0 for no limit
   */
  record ShortestEdge(int shortest, int longest) implements Target {
    @Override
    public Sides of(int width, int height) {
      int small = Math.min(width, height);
      int large = Math.max(width, height);
      double edge = shortest;
      long rounded = shortest;
      if (longest > 0 && (double) large / small * shortest > longest) {
        edge = (double) longest * small / large;
        rounded = Math.max(1, (long) Math.rint(edge));
      }
      long other = small == rounded ? large : (long) (edge * large / small);
      return width <= height ? new Sides(rounded, other) : new Sides(other, rounded);
    }
  }
}
