package org.adapterstudio.contract.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.OsLock;

/**
 * What the folder of a command says at one look.
 *
 * @param live whether it is being carried out
 * @param begun whether it ever was
 * @param outcome how it ended; null before
 */
public record ActFacts(boolean live, boolean begun, Outcome outcome) {
  /** Never begun. */
  public static final ActFacts NONE = new ActFacts(false, false, null);

  /**
   * How a command ended.
   *
   * @param exit 0 on success
   * @param started milliseconds since 1970
   * @param ended milliseconds since 1970
   * @param said its last line
   */
  public record Outcome(int exit, long started, long ended, String said) {}

  /** Looks at an act's folder. */
  public static ActFacts look(Path folder) {
    Path lock = lockFile(folder);
    boolean live = OsLock.held(lock);
    Path outcome = folder.resolve("outcome.json");
    return new ActFacts(
        live,
        Files.exists(lock),
        !live && Files.exists(outcome) ? Json.as(Json.read(outcome), Outcome.class) : null);
  }

  /** Writes down how a command ended. */
  public static void write(Path folder, Outcome outcome) {
    AtomicFile.write(folder.resolve("outcome.json"), Json.pretty(outcome));
  }

  /** The file whose OS lock means "it is being carried out". */
  public static Path lockFile(Path folder) {
    return folder.resolve("act.lock");
  }

  /** What the command printed. */
  public static Path log(Path folder) {
    return folder.resolve("act.log");
  }

  /** Makes the folder. */
  public static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
