package org.adapterstudio.app.cli;

/** Exit codes of the command line. */
final class Exit {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** Ended by Ctrl-C, as shells count it: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
