package org.adapterstudio.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The repository's own files, for rules that are checked on text. */
public final class Sources {
  private Sources() {}

  /** The app's main code. */
  public static Path appJava() {
    return root().resolve("app/src/main/java");
  }

  /** FXML, CSS and messages. */
  public static Path resources() {
    return root().resolve("ui-resources/src/main/resources/org/adapterstudio/ui");
  }

  /** Files below a folder whose names end so, sorted. */
  public static List<Path> files(Path folder, String ending) {
    try (var paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file's text. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of all such files, one after the other. */
  public static String text(Path folder, String ending) {
    return files(folder, ending).stream().map(Sources::text).collect(Collectors.joining("\n"));
  }

  /** The repository. */
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("ui-resources"))) {
      at = at.getParent();
    }
    return at;
  }
}
