package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.StudioException;

/**
 * Where runs live and how a name finds one: the project's {@code runs/}, else the studio's home.
 */
public final class Runs {
  private Runs() {}

  /** {@code $ADAPTER_STUDIO_HOME}, else the system's data folder for this program. */
  public static Path home() {
    String set = System.getenv("ADAPTER_STUDIO_HOME");
    if (set != null && !set.isBlank()) {
      return Path.of(set).toAbsolutePath().normalize();
    }
    Path user = Path.of(System.getProperty("user.home"));
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (os.contains("win")) {
      String local = System.getenv("LOCALAPPDATA");
      return (local == null ? user.resolve("AppData/Local") : Path.of(local))
          .resolve("AdapterStudio");
    }
    if (os.contains("mac")) {
      return user.resolve("Library/Application Support/AdapterStudio");
    }
    String data = System.getenv("XDG_DATA_HOME");
    return (data == null || data.isBlank() ? user.resolve(".local/share") : Path.of(data))
        .resolve("adapter-studio");
  }

  /** The runs folder for work started in a folder: of the project around it, else of the home. */
  public static Path folder(Path workingFolder) {
    for (Path at = workingFolder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("project.json"))) {
        return at.resolve("runs");
      }
    }
    return home().resolve("runs");
  }

  /** A folder for a new run: the name, or the name with the first free number behind it. */
  public static Path fresh(Path runs, String name) {
    String base = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-.]+", "");
    String safe = base.isEmpty() ? "run" : base;
    Path free = runs.resolve(safe);
    for (int n = 2; Files.exists(free); n++) {
      free = runs.resolve(safe + "-" + n);
    }
    return free;
  }

  /** Every run a person working in a folder can name, newest first. */
  public static List<RunFolder> list(Path workingFolder) {
    var roots = new LinkedHashSet<>(List.of(folder(workingFolder), home().resolve("runs")));
    var runs = new ArrayList<RunFolder>();
    roots.stream().filter(Files::isDirectory).forEach(root -> runs.addAll(children(root)));
    return newestFirst(runs);
  }

  /** The run of a folder path or a name; none and several are both errors that say so. */
  public static RunFolder find(String run, Path workingFolder) {
    Path path = workingFolder.resolve(run);
    if (Files.isRegularFile(path.resolve("recipe.json"))) {
      return RunFolder.open(path);
    }
    var named =
        list(workingFolder).stream().filter(candidate -> candidate.name().equals(run)).toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    if (named.isEmpty()) {
      throw StudioException.badInput(
          "There is no run \"" + run + "\" in " + folder(workingFolder) + ".",
          "`studio runs` lists them; a folder path works too.");
    }
    throw StudioException.badInput(
        "Several runs are called \""
            + run
            + "\": "
            + String.join(", ", named.stream().map(found -> found.path().toString()).toList())
            + ".",
        "Give the folder instead of the name.");
  }

  private static List<RunFolder> children(Path root) {
    try (var folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("recipe.json")))
          .map(RunFolder::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each file's time is asked for once, not at every comparison. */
  private static List<RunFolder> newestFirst(List<RunFolder> runs) {
    record Dated(RunFolder run, long time) {}
    return runs.stream()
        .map(run -> new Dated(run, created(run)))
        .sorted(Comparator.comparing(Dated::time).reversed())
        .map(Dated::run)
        .toList();
  }

  private static long created(RunFolder run) {
    try {
      return Files.getLastModifiedTime(run.recipeFile()).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
