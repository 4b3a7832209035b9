package org.adapterstudio.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every Java file of the repository, for the tests that read sources. */
final class Sources {
  /** The repository's top folder. */
  static final Path ROOT = root();

  private Sources() {}

  /** All Java files under a {@code src} folder, builds excluded. */
  static List<Path> java() {
    var found = new ArrayList<Path>();
    for (String module : List.of("engine", "app", "ui-resources", "sample-projects", "installer")) {
      try (var files = Files.walk(ROOT.resolve(module))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> ROOT.relativize(file).toString().contains("src"))
            .filter(file -> !ROOT.relativize(file).toString().contains("target"))
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    String given = System.getenv("STUDIO_ROOT");
    Path at = Path.of(given == null ? "" : given).toAbsolutePath();
    while (!Files.exists(at.resolve("engine").resolve("contract").resolve("pom.xml"))) {
      at = at.getParent();
    }
    return at;
  }
}
