package org.adapterstudio.contract.run.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;

/** Whether a base at another place is the one a run was trained on. */
public final class SameBase {
  private SameBase() {}

  /** Compares the files' hashes where the recipes name different places; reads only then. */
  public static boolean of(RunFolder run, Recipe other) {
    Recipe recipe = run.recipe();
    if (recipe.model().path() == null || recipe.model().path().equals(other.model().path())) {
      return true;
    }
    FileHashes hashes = FileHashes.keptIn(Runs.home().resolve("hashes.json"));
    try {
      Map<String, String> then = sealed(run);
      Map<String, String> here = read(run, other, hashes);
      return !here.isEmpty() && here.equals(then.isEmpty() ? read(run, recipe, hashes) : then);
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> sealed(RunFolder run) {
    var hashes = new TreeMap<String, String>();
    Seal.of(run)
        .filter(Seal::whole)
        .ifPresent(
            seal ->
                seal.files()
                    .forEach(
                        (role, file) -> {
                          if (role.startsWith(Ingredients.BASE)) {
                            hashes.put(role, file.sha256());
                          }
                        }));
    return hashes;
  }

  private static Map<String, String> read(RunFolder run, Recipe recipe, FileHashes hashes)
      throws IOException {
    var found = new TreeMap<String, String>();
    for (Map.Entry<String, Path> one : Ingredients.of(run, recipe).entrySet()) {
      if (one.getKey().startsWith(Ingredients.BASE)) {
        SealedFile file = hashes.of(one.getValue());
        found.put(one.getKey(), file.sha256());
      }
    }
    return found;
  }
}
