package org.adapterstudio.app.plot;

/** What a stroke or a letter means; the theme decides its colour. */
public enum Ink {
  /** Titles and values. */
  TEXT,
  /** Tick labels and hints. */
  MUTED,
  /** Grid lines. */
  GRID,
  /** The plot's own ground, and boxes above it. */
  GROUND,
  /** First series. */
  FIRST,
  /** Second series. */
  SECOND,
  /** Third series. */
  THIRD,
  /** Fourth series. */
  FOURTH,
  /** Fifth series. */
  FIFTH,
  /** Sixth series. */
  SIXTH,
  /** Seventh series. */
  SEVENTH,
  /** Eighth series. */
  EIGHTH,
  /** Values that are not numbers, limits. */
  DANGER
}
