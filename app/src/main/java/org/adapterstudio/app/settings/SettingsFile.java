package org.adapterstudio.app.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Runs;

/** The settings and the file they live in; every change is written at once. */
public final class SettingsFile {
  private final Path file;
  private Settings settings;
  private Failure problem;

  /** Reads a file; one that cannot be read is set aside and said by {@link #problem}. */
  public SettingsFile(Path file) {
    this.file = file;
    settings = read();
  }

  /** The person's own settings, in the studio's home. */
  public static SettingsFile ofHome() {
    return new SettingsFile(Runs.home().resolve("settings.json"));
  }

  /** A file beside the settings, for what else is kept between starts. */
  public Path beside(String name) {
    return file.toAbsolutePath().resolveSibling(name);
  }

  /** What holds now. */
  public synchronized Settings get() {
    return settings;
  }

  /** Changes and writes. */
  public synchronized void update(UnaryOperator<Settings> change) {
    Settings next = change.apply(settings);
    if (next.equals(settings)) {
      return;
    }
    settings = next;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(file, Json.pretty(settings));
  }

  /** Why the file could not be read at the start, if so. */
  public Optional<Failure> problem() {
    return Optional.ofNullable(problem);
  }

  private Settings read() {
    if (!Files.exists(file)) {
      return Settings.defaults();
    }
    try {
      return Json.as(Json.read(file), Settings.class);
    } catch (StudioException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
      setAside(aside);
      problem =
          new Failure(
              "settings",
              "The settings could not be read; the standard ones are used.",
              "The old file is kept as " + aside + ".",
              e.getMessage());
      return Settings.defaults();
    }
  }

  private void setAside(Path aside) {
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
