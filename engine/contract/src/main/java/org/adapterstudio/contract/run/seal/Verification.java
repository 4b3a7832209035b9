package org.adapterstudio.contract.run.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;
import org.adapterstudio.contract.run.seal.SealDifference.Status;

/**
 * A run held against its seal.
 *
 * @param run its name
 * @param sealed whether it has a seal; runs of older versions have none
 * @param verdict in a sentence
 * @param same things that are as sealed
 * @param differences the weightiest first
 */
public record Verification(
    String run,
    boolean sealed,
    String verdict,
    List<String> same,
    List<SealDifference> differences) {

  /**
   * Reads everything again.
   *
   * @param now program and machine that a new training would have; facts that it leaves empty are
   *     not compared
   */
  public static Verification of(RunFolder run, Environment now, FileHashes hashes)
      throws IOException {
    Optional<Seal> seal = Seal.of(run);
    var found = new Findings();
    seal.ifPresent(known -> found.facts(known, now));
    if (seal.isPresent()) {
      found.files(run, seal.get(), hashes);
      found.results(run, seal.get());
    }
    for (int step : Ingredients.damaged(run)) {
      found.differ(
          SealDifference.differs(
              Cause.RESULT, "checkpoints/step-" + step, "as its manifest says", "damaged"));
    }
    return found.verdict(run.name(), seal.isPresent());
  }

  /** What the run is made of and trained with, without what it left. */
  public static List<SealDifference> ingredients(RunFolder run, Environment now, FileHashes hashes)
      throws IOException {
    var found = new Findings();
    Optional<Seal> seal = Seal.of(run);
    if (seal.isPresent()) {
      found.facts(seal.get(), now);
      found.files(run, seal.get(), hashes);
    }
    return found.verdict(run.name(), seal.isPresent()).differences();
  }

  /** Whether everything that belongs to the run and is here is as it was sealed. */
  public boolean holds() {
    return sealed && spoiled().isEmpty();
  }

  /** What is another than it was, and what the run's own folder lacks. */
  private List<SealDifference> spoiled() {
    return differences.stream()
        .filter(
            difference ->
                switch (difference.status()) {
                  case DIFFERS -> !difference.cause().around();
                  case MISSING -> inside(difference);
                  case UNSEALED -> false;
                })
        .toList();
  }

  private List<SealDifference> missing() {
    return differences.stream().filter(d -> d.status() == Status.MISSING).toList();
  }

  private static boolean inside(SealDifference difference) {
    return difference.cause() == Cause.RESULT || difference.what().equals(Ingredients.RECIPE);
  }

  /** What was looked at so far. */
  private static final class Findings {
    private final List<String> same = new ArrayList<>();
    private final List<SealDifference> differences = new ArrayList<>();

    void differ(SealDifference difference) {
      differences.add(difference);
    }

    void files(RunFolder run, Seal seal, FileHashes hashes) throws IOException {
      for (Map.Entry<String, SealedFile> one : seal.files().entrySet()) {
        String role = one.getKey();
        SealedFile file = one.getValue();
        if (role.equals(Ingredients.ORIGIN)) {
          continue; // the checkpoint itself may be pruned; its hash tells where the run came from
        }
        Path path = role.equals(Ingredients.RECIPE) ? run.recipeFile() : Path.of(file.path());
        compare(Cause.ofFile(role), role, file, path, hashes);
      }
    }

    void results(RunFolder run, Seal seal) throws IOException {
      FileHashes read = FileHashes.unkept();
      for (Map.Entry<String, SealedFile> one : seal.results().entrySet()) {
        Path path = run.path().resolve(one.getKey());
        compare(Cause.RESULT, one.getKey(), one.getValue(), path, read);
      }
    }

    private void compare(Cause cause, String what, SealedFile sealed, Path path, FileHashes hashes)
        throws IOException {
      if (sealed.sha256().isEmpty()) {
        differ(
            SealDifference.unsealed(
                cause, what, "The run ended before it was read, so its hash is not known."));
      } else if (!Files.exists(path)) {
        differ(SealDifference.missing(cause, what, path.toString()));
      } else {
        String hash = hashes.of(path).sha256();
        if (hash.equals(sealed.sha256())) {
          same.add(what);
        } else {
          differ(SealDifference.differs(cause, what, brief(sealed.sha256()), brief(hash)));
        }
      }
    }

    void facts(Seal seal, Environment environment) {
      environment
          .facts()
          .forEach(
              (name, now) -> {
                String before = seal.facts().getOrDefault(name, "");
                if (!now.isEmpty() && !before.isEmpty()) {
                  if (now.equals(before)) {
                    same.add(name);
                  } else {
                    differ(SealDifference.differs(Cause.ofFact(name), name, before, now));
                  }
                }
              });
    }

    Verification verdict(String run, boolean sealed) {
      differences.sort(Comparator.comparing(SealDifference::cause));
      var result = new Verification(run, sealed, "", same, List.copyOf(differences));
      return new Verification(run, sealed, result.sentence(), same, result.differences());
    }
  }

  private String sentence() {
    if (!sealed) {
      return "This run has no seal: it was started by a version that wrote none."
          + (differences.isEmpty() ? "" : " Some of its checkpoints are damaged.");
    }
    if (differences.isEmpty()) {
      return same.contains(Environment.LIBTORCH)
          ? "Everything is as sealed: training it again here gives the same numbers bit for bit."
          : "Everything that was compared is as sealed.";
    }
    if (!holds()) {
      SealDifference first = spoiled().getFirst();
      return "It is not what it was: %s is %s."
          .formatted(first.what(), first.status() == Status.MISSING ? "not here" : "another");
    }
    return missing().isEmpty()
        ? "Everything of the run is as sealed; what it would be trained with here differs."
        : "What is here is as sealed; not here: "
            + String.join(", ", missing().stream().map(SealDifference::what).toList())
            + ".";
  }

  static String brief(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) : hash;
  }
}
