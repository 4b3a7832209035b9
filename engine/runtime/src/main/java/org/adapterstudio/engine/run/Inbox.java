package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.RunFolder;
import org.slf4j.LoggerFactory;

/** The commands that arrived, oldest first; each is removed once it was carried out. */
final class Inbox {
  private final Path folder;

  Inbox(RunFolder run) {
    this.folder = run.inbox();
  }

  /** A command and the file it came in. */
  record Letter(Command command, Path file) {
    /** Removes the file: the command was carried out. */
    void done() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether a stop is asked for that needs no model; cheap enough to ask between rows. */
  boolean stopAsked() {
    return letters().stream()
        .map(Letter::command)
        .anyMatch(command -> command instanceof Command.Stop || command instanceof Command.End);
  }

  /** Every command that can be read; one that cannot is logged and removed. */
  List<Letter> letters() {
    var letters = new ArrayList<Letter>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        read(file, letters);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return letters;
  }

  private static void read(Path file, List<Letter> letters) throws IOException {
    if (file.getFileName().toString().startsWith(".")) {
      return; // still being written
    }
    try {
      letters.add(new Letter(Json.as(Json.read(file), Command.class), file));
    } catch (StudioException e) {
      LoggerFactory.getLogger(Inbox.class).warn("Command not understood: {}", e.getMessage());
      Files.deleteIfExists(file);
    }
  }
}
