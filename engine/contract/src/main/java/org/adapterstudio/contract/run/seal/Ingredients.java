package org.adapterstudio.contract.run.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Sha256;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;

/** Where everything lies that a run is made of, and what it leaves. */
public final class Ingredients {
  /** Role of the frozen recipe. */
  public static final String RECIPE = "recipe";

  /** Role of a base's files, the name behind it. */
  public static final String BASE = "base/";

  /** Role of the training rows. */
  public static final String TRAIN = "data/train";

  /** Role of the held-out rows. */
  public static final String EVAL = "data/eval";

  /** Role of the checkpoint that a branch started from. */
  public static final String ORIGIN = "origin/checkpoint";

  private static final Set<String> READ =
      Set.of("json", "txt", "model", "jinja", "safetensors", "bin", "pt", "tiktoken");
  private static final Set<String> PICKLED = Set.of("bin", "pt");

  private Ingredients() {}

  /** Files and folders by role; whether each is there is not asked. */
  public static SequencedMap<String, Path> of(RunFolder run, Recipe recipe) throws IOException {
    var found = new LinkedHashMap<String, Path>();
    found.put(RECIPE, run.recipeFile());
    put(found, TRAIN, recipe.data().train());
    put(found, EVAL, recipe.data().eval());
    if (recipe.model().path() != null) {
      for (Path file : base(Path.of(recipe.model().path()))) {
        found.put(BASE + file.getFileName(), file);
      }
    }
    return found;
  }

  private static void put(SequencedMap<String, Path> found, String role, String path) {
    if (path != null) {
      found.put(role, Path.of(path));
    }
  }

  /** What is read of a base; pickled weights only where there are no others. */
  private static List<Path> base(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (var all = Files.list(folder)) {
      files =
          all.filter(Files::isRegularFile).filter(f -> READ.contains(ending(f))).sorted().toList();
    }
    boolean safe = files.stream().anyMatch(file -> ending(file).equals("safetensors"));
    return files.stream().filter(file -> !safe || !PICKLED.contains(ending(file))).toList();
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * A checkpoint that a branch started from, by what its origin says; nothing else of it is kept
   * for ever.
   */
  static void origin(RunFolder run, SequencedMap<String, SealedFile> files) {
    Origin.of(run)
        .ifPresent(
            origin ->
                files.put(
                    ORIGIN,
                    new SealedFile(
                        origin.name() + " step " + origin.step(), 0, origin.checkpoint())));
  }

  /** What a run has left so far, by path inside its folder. */
  public static SequencedMap<String, SealedFile> results(RunFolder run) throws IOException {
    var left = new LinkedHashMap<String, SealedFile>();
    for (Path folder : List.of(run.adapter(), run.model())) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.list(folder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            String name = run.path().relativize(file).toString().replace('\\', '/');
            left.put(name, sealed(name, file));
          }
        }
      }
    }
    return left;
  }

  private static SealedFile sealed(String name, Path file) throws IOException {
    return new SealedFile(name, Files.size(file), Sha256.of(file));
  }

  /** The checkpoints of a run whose files are not as their manifest says. */
  public static List<Integer> damaged(RunFolder run) {
    return run.checkpointSteps().stream()
        .filter(step -> !StoredCheckpoint.sound(run.checkpoint(step)))
        .toList();
  }
}
