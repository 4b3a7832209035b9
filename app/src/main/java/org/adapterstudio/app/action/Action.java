package org.adapterstudio.app.action;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be done by a key or through the palette. A new action is one line here, its
 * words under {@code act.NAME} in {@code actions.properties}, and a call of {@link Actions#on} in
 * the view that does it.
 */
public enum Action {
  PALETTE("fth-search", "Ctrl K"),
  LIBRARY("fth-box", "1"),
  TRAIN("fth-trending-down", "2"),
  RUNS("fth-activity", "3"),
  QUEUE("fth-list", "Q"),
  MACHINE("fth-cpu", "4"),
  SETTINGS("fth-settings", "5"),
  NEW_RUN("fth-plus", "Ctrl N"),
  OPEN("fth-folder", "Ctrl O"),
  ADD_FOLDER("fth-folder-plus", ""),
  CHAT("fth-message-square", ""),
  THEME_LIGHT("fth-sun", ""),
  THEME_DARK("fth-moon", ""),
  THEME_SYSTEM("fth-monitor", ""),
  HELP("fth-help-circle", "F1"),
  SEARCH("fth-search", "/", Where.LIBRARY, Where.RUNS, Where.SETTINGS),
  RESCAN("fth-refresh-cw", "", Where.LIBRARY),
  START("fth-play", "Ctrl Enter", Where.TRAIN),
  ENQUEUE("fth-list", "Ctrl Shift Enter", Where.TRAIN),
  SAVE_RECIPE("fth-save", "Ctrl S", Where.TRAIN),
  OPEN_RECIPE("fth-folder", "", Where.TRAIN),
  METHODS("fth-grid", "", Where.TRAIN),
  QUEUE_UP("fth-arrow-up", "Alt Up", Where.QUEUE),
  QUEUE_DOWN("fth-arrow-down", "Alt Down", Where.QUEUE),
  QUEUE_HOLD("fth-pause", "H", Where.QUEUE),
  QUEUE_RETRY("fth-rotate-ccw", "R", Where.QUEUE),
  QUEUE_REMOVE("fth-x", "Ctrl Delete", Where.QUEUE),
  QUEUE_UNDO("fth-corner-up-left", "U", Where.QUEUE),
  QUEUE_REPORT("fth-sunrise", "M", Where.QUEUE),
  STOP("fth-square", "Ctrl .", Where.RUN),
  SAVE_NOW("fth-save", "", Where.RUN),
  RESUME("fth-play", "", Where.RUN),
  TRY_IN_CHAT("fth-message-square", "", Where.RUN),
  TRAIN_AGAIN("fth-copy", "", Where.RUN),
  OPEN_RUN_FOLDER("fth-folder", "", Where.RUN),
  DIFFERENCES("fth-filter", "D", Where.RUN),
  LOG_AXIS("fth-trending-up", "L", Where.RUN),
  SMOOTHING("fth-sliders", "S", Where.RUN),
  FOLLOW("fth-chevrons-right", "Space", Where.RUN),
  FIT("fth-maximize-2", "F", Where.RUN),
  PIN("fth-bookmark", "P", Where.RUN);

  private final String icon;
  private final String standard;
  private final Set<Where> where;

  /** An action with its icon and its standard keys, empty for none; without a place: everywhere. */
  Action(String icon, String standard, Where... where) {
    this.icon = icon;
    this.standard = standard;
    this.where =
        where.length == 0
            ? EnumSet.of(Where.EVERYWHERE)
            : EnumSet.of(where[0], where); // the first twice is the first once
  }

  /** Literal of its icon. */
  public String icon() {
    return icon;
  }

  /** The keys it has until a person chooses others. */
  public Optional<Keys> standard() {
    return Keys.parse(standard);
  }

  /** The screens in which it holds. */
  public Set<Where> where() {
    return where;
  }

  /** Its name in the settings file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Key of its words. */
  public String messageKey() {
    return "act." + key();
  }

  /** Whether both can hold at the same time, so that they need different keys. */
  public boolean meets(Action other) {
    return where.contains(Where.EVERYWHERE)
        || other.where.contains(Where.EVERYWHERE)
        || where.stream().anyMatch(other.where::contains);
  }
}
