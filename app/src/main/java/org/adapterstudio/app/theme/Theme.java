package org.adapterstudio.app.theme;

import java.util.Locale;

/** What the person chose to look at. */
public enum Theme {
  /** Dark text on light ground. */
  LIGHT,
  /** Light text on dark ground. */
  DARK,
  /** Whatever the system uses now, followed as it changes. */
  SYSTEM;

  /** The name in settings and message keys. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The theme of a key; anything unknown follows the system. */
  public static Theme of(String key) {
    for (Theme theme : values()) {
      if (theme.key().equals(key)) {
        return theme;
      }
    }
    return SYSTEM;
  }

  /** The one a press on the theme button leads to. */
  public Theme next() {
    return values()[(ordinal() + 1) % values().length];
  }
}
