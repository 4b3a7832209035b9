package org.adapterstudio.app.shell;

/** Where the window can be. */
public enum Place {
  /** Bases, adapters and data. */
  LIBRARY,
  /** The training form. */
  TRAIN,
  /** The list of runs. */
  RUNS,
  /** One run; stands under Runs in the rail. */
  RUN,
  /** Runs beside each other; stands under Runs in the rail. */
  COMPARE,
  /** What waits for its turn. */
  QUEUE,
  /** Engine and devices. */
  MACHINE,
  /** What the window remembers, keys among it. */
  SETTINGS
}
