package org.adapterstudio.app.theme;

import java.util.Locale;

/** What the person wants to see moving. */
public enum Motion {
  /** Whatever the system asks for now, followed as it changes. */
  SYSTEM(null),
  /** Short transitions. */
  FULL(false),
  /** No transition that only decorates. */
  REDUCED(true);

  private final Boolean reduced;

  Motion(Boolean reduced) {
    this.reduced = reduced;
  }

  /** What a scene is told; null leaves it to the system. */
  Boolean reduced() {
    return reduced;
  }

  /** The name in settings and message keys. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The choice of a key; anything unknown follows the system. */
  public static Motion of(String key) {
    for (Motion motion : values()) {
      if (motion.key().equals(key)) {
        return motion;
      }
    }
    return SYSTEM;
  }
}
