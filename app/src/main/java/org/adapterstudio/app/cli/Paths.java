package org.adapterstudio.app.cli;

import java.nio.file.Path;

/** Paths as a person gave them, made absolute for an engine with another working folder. */
record Paths(Path folder) {
  /** The absolute path as text; null stays null. */
  String absolute(Path path) {
    return path == null ? null : folder.resolve(path).normalize().toString();
  }
}
