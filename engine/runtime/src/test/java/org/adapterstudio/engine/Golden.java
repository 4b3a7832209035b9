package org.adapterstudio.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the reference inputs and outputs lie, and how many of them were compared. The place is
 * {@code STUDIO_GOLDEN}, else {@code ../shared/golden} beside the project. Where it is missing a
 * test fails under {@code CI=true} and is skipped with a printed reason elsewhere.
 */
public final class Golden {
  private static final AtomicInteger RUN = new AtomicInteger();

  private Golden() {}

  /** The folder of golden cases: {@code models/}, {@code adapters/}, {@code training/}, ... */
  public static Path root() {
    return present(place());
  }

  /**
   * One case by its path under {@link #root()}, e.g. {@code models/llama}. Where the whole set is
   * not there, the few cases that live among this project's own test resources still run.
   */
  public static Path folder(String name) {
    Path own = projectRoot().resolve("engine/runtime/src/test/resources/golden").resolve(name);
    boolean ci = "true".equals(System.getenv("CI"));
    return !ci && !Files.isDirectory(place()) && Files.isDirectory(own)
        ? own
        : root().resolve(name);
  }

  /** A case made for this project with the real transformers, see its README. */
  public static Path selfMade(String name) {
    return projectRoot().resolve("engine/runtime/src/test/resources/golden/selfmade").resolve(name);
  }

  /** The folder of real models and data, a sibling of {@link #root()}. */
  public static Path real() {
    return present(place().resolveSibling("real"));
  }

  /** Counts one compared case and prints its running number. */
  public static void ran(String name) {
    System.out.println("golden case " + RUN.incrementAndGet() + ": " + name);
  }

  private static Path place() {
    String given = System.getenv("STUDIO_GOLDEN");
    return given != null && !given.isBlank()
        ? Path.of(given).toAbsolutePath().normalize()
        : projectRoot().resolveSibling("shared").resolve("golden");
  }

  private static Path projectRoot() {
    String given = System.getenv("STUDIO_ROOT");
    Path root = Path.of(given == null ? "../.." : given);
    return root.toAbsolutePath().normalize();
  }

  private static Path present(Path folder) {
    if (!Files.isDirectory(folder)) {
      String reason = "Golden data not found at " + folder + "; set STUDIO_GOLDEN to its folder.";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(reason);
      }
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    return folder;
  }
}
