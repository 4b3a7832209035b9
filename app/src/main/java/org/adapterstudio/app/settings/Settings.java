package org.adapterstudio.app.settings;

import java.util.List;
import java.util.Map;

/**
 * What the window remembers between starts. A field that a file does not have yet is null there.
 *
 * @param theme light, dark or system
 * @param libraryFolders folders the library scans, in the order they were added
 * @param width of the window in px
 * @param height of the window in px
 * @param keys by action, where a person chose others than the standard ones; empty for none
 * @param recent what was last run from the palette, newest first
 * @param motion full, reduced or system
 * @param desktopNotices whether the system's own notices tell of runs
 * @param charts how the charts of a run are looked at
 */
public record Settings(
    String theme,
    List<String> libraryFolders,
    Double width,
    Double height,
    Map<String, String> keys,
    List<String> recent,
    String motion,
    Boolean desktopNotices,
    ChartChoices charts) {
  public Settings {
    theme = theme == null ? "system" : theme;
    libraryFolders = libraryFolders == null ? List.of() : List.copyOf(libraryFolders);
    width = width == null ? 1280 : Math.clamp(width, 800, 7680);
    height = height == null ? 800 : Math.clamp(height, 560, 4320);
    keys = keys == null ? Map.of() : Map.copyOf(keys);
    recent = recent == null ? List.of() : List.copyOf(recent);
    motion = motion == null ? "system" : motion;
    desktopNotices = desktopNotices == null || desktopNotices;
    charts = charts == null ? ChartChoices.DEFAULT : charts;
  }

  /** What a first start finds. */
  public static Settings defaults() {
    return new Settings(null, null, null, null, null, null, null, null, null);
  }

  /** The same with another theme. */
  public Settings withTheme(String other) {
    return new Settings(
        other, libraryFolders, width, height, keys, recent, motion, desktopNotices, charts);
  }

  /** The same with other library folders. */
  public Settings withLibraryFolders(List<String> others) {
    return new Settings(theme, others, width, height, keys, recent, motion, desktopNotices, charts);
  }

  /** The same with another window size. */
  public Settings withSize(double otherWidth, double otherHeight) {
    return new Settings(
        theme,
        libraryFolders,
        otherWidth,
        otherHeight,
        keys,
        recent,
        motion,
        desktopNotices,
        charts);
  }

  /** The same with other keys. */
  public Settings withKeys(Map<String, String> others) {
    return new Settings(
        theme, libraryFolders, width, height, others, recent, motion, desktopNotices, charts);
  }

  /** The same with others last run from the palette. */
  public Settings withRecent(List<String> others) {
    return new Settings(
        theme, libraryFolders, width, height, keys, others, motion, desktopNotices, charts);
  }

  /** The same with another choice about motion. */
  public Settings withMotion(String other) {
    return new Settings(
        theme, libraryFolders, width, height, keys, recent, other, desktopNotices, charts);
  }

  /** The same with the system's notices on or off. */
  public Settings withDesktopNotices(boolean on) {
    return new Settings(theme, libraryFolders, width, height, keys, recent, motion, on, charts);
  }

  /** The same with other choices for charts. */
  public Settings withCharts(ChartChoices other) {
    return new Settings(
        theme, libraryFolders, width, height, keys, recent, motion, desktopNotices, other);
  }
}
