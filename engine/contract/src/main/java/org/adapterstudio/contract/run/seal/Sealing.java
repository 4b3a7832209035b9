package org.adapterstudio.contract.run.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Sha256;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;

/** Makes seals. */
public final class Sealing {
  /** Names of facts that the recipe tells. */
  static final String SEED = "seed";

  static final String DTYPE = "dtype";
  static final String START = "start";
  static final String TEMPLATE = "template";

  /** Files below this size are hashed at once. */
  private static final long AT_ONCE = 4 << 20;

  private Sealing() {}

  /**
   * A seal with everything but the hashes of large files.
   *
   * @param settled settings of the method that the start settled on
   * @param template the chat template's text; empty where the base's own is used
   */
  public static Seal begin(
      RunFolder run, Environment environment, Recipe.Adapter settled, String template)
      throws IOException {
    Recipe recipe = run.recipe();
    SequencedMap<String, String> facts = recipeFacts(recipe, settled, template);
    facts.putAll(environment.facts());
    var files = new LinkedHashMap<String, SealedFile>();
    for (Map.Entry<String, Path> one : Ingredients.of(run, recipe).entrySet()) {
      files.put(one.getKey(), quick(one.getValue()));
    }
    Ingredients.origin(run, files);
    return new Seal(
        Seal.VERSION,
        UUID.randomUUID().toString(),
        System.currentTimeMillis(),
        files.values().stream().noneMatch(file -> file.sha256().isEmpty()),
        files,
        facts,
        null);
  }

  private static SequencedMap<String, String> recipeFacts(
      Recipe recipe, Recipe.Adapter settled, String template) {
    var facts = new LinkedHashMap<String, String>();
    facts.put(SEED, recipe.training().seed().toString());
    facts.put(DTYPE, recipe.model().dtype());
    facts.put(START, Sha256.of(org.adapterstudio.contract.json.Json.line(settled)));
    facts.put(TEMPLATE, template.isEmpty() ? "of the base" : Sha256.of(template));
    return facts;
  }

  private static SealedFile quick(Path path) throws IOException {
    boolean file = Files.isRegularFile(path);
    return file && Files.size(path) < AT_ONCE
        ? new SealedFile(path.toString(), Files.size(path), Sha256.of(path))
        : new SealedFile(path.toString(), file ? Files.size(path) : 0, "");
  }

  /** The same with the hash of every file; a file that is gone keeps none. */
  public static Seal whole(Seal seal, FileHashes hashes) throws IOException {
    var files = new LinkedHashMap<String, SealedFile>();
    for (Map.Entry<String, SealedFile> one : seal.files().entrySet()) {
      SealedFile file = one.getValue();
      Path path = Path.of(file.path());
      boolean pending = file.sha256().isEmpty() && Files.exists(path);
      files.put(one.getKey(), pending ? hashes.of(path) : file);
    }
    return new Seal(
        seal.version(), seal.number(), seal.time(), true, files, seal.facts(), seal.results());
  }
}
