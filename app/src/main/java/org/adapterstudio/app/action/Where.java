package org.adapterstudio.app.action;

import java.util.Locale;

/** The screens in which an action can hold. */
public enum Where {
  /** In the whole window. */
  EVERYWHERE,
  /** The library. */
  LIBRARY,
  /** The training form. */
  TRAIN,
  /** The table of runs. */
  RUNS,
  /** The queue. */
  QUEUE,
  /** One run. */
  RUN,
  /** The settings page. */
  SETTINGS;

  /** Key of its name in words. */
  public String messageKey() {
    return "where." + name().toLowerCase(Locale.ROOT);
  }
}
