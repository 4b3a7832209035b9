package org.adapterstudio.app.settings;

import java.util.List;

/**
 * What the window remembers between starts.
 *
 * @param theme light, dark or system
 * @param libraryFolders folders the library scans, in the order they were added
 * @param width of the window in px
 * @param height of the window in px
 * @param charts how the charts of a run are looked at
 */
public record Settings(
    String theme, List<String> libraryFolders, Double width, Double height, ChartChoices charts) {
  public Settings {
    theme = theme == null ? "system" : theme;
    libraryFolders = libraryFolders == null ? List.of() : List.copyOf(libraryFolders);
    width = width == null ? 1280 : Math.clamp(width, 800, 7680);
    height = height == null ? 800 : Math.clamp(height, 560, 4320);
    charts = charts == null ? ChartChoices.DEFAULT : charts;
  }

  /** What a first start finds. */
  public static Settings defaults() {
    return new Settings(null, null, null, null, null);
  }

  /** The same with another theme. */
  public Settings withTheme(String other) {
    return new Settings(other, libraryFolders, width, height, charts);
  }

  /** The same with other library folders. */
  public Settings withLibraryFolders(List<String> others) {
    return new Settings(theme, others, width, height, charts);
  }

  /** The same with another window size. */
  public Settings withSize(double otherWidth, double otherHeight) {
    return new Settings(theme, libraryFolders, otherWidth, otherHeight, charts);
  }

  /** The same with other choices for charts. */
  public Settings withCharts(ChartChoices other) {
    return new Settings(theme, libraryFolders, width, height, other);
  }
}
