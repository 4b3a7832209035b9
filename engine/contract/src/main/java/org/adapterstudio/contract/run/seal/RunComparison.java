package org.adapterstudio.contract.run.seal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapterstudio.contract.recipe.FieldChange;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.Figures;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/**
 * Why two runs differ: settings, files and surroundings that are not the same, the weightiest
 * first, and what they led to.
 *
 * @param verdict in a sentence
 * @param differences the weightiest first
 * @param firstStep first step whose loss is not the same in both, 0 where none is
 * @param first what the first run reached
 * @param second what the second run reached
 */
public record RunComparison(
    String verdict,
    List<SealDifference> differences,
    int firstStep,
    Reached first,
    Reached second) {

  /**
   * What a run reached.
   *
   * @param step last step made
   * @param loss of that step; null before the first
   * @param bestEvalLoss lowest held-out loss; null before the first evaluation
   */
  public record Reached(String run, int step, Double loss, Double bestEvalLoss) {}

  /** Compares two runs by what is in their folders. */
  public static RunComparison of(RunFolder a, RunFolder b) {
    return between(Side.of(a), Side.of(b));
  }

  /**
   * What a comparison reads of a run.
   *
   * @param losses by step
   */
  public record Side(
      String name,
      Recipe recipe,
      Amendments amendments,
      Optional<Seal> seal,
      Optional<Origin> origin,
      TreeMap<Integer, Double> losses,
      Double bestEvalLoss) {
    /** Reads a run. */
    public static Side of(RunFolder run) {
      var history = RunHistory.of(run);
      var losses = new TreeMap<Integer, Double>();
      history.all(Event.Step.class).forEach(step -> losses.put(step.step(), step.loss()));
      Double best =
          history.all(Event.Evaluated.class).stream()
              .map(Event.Evaluated::evalLoss)
              .min(Double::compare)
              .orElse(null);
      return new Side(
          run.name(),
          run.recipe(),
          Amendments.of(run).extensions(),
          Seal.of(run),
          Origin.of(run),
          losses,
          best);
    }

    Reached reached() {
      return losses.isEmpty()
          ? new Reached(name, 0, null, bestEvalLoss)
          : new Reached(name, losses.lastKey(), losses.lastEntry().getValue(), bestEvalLoss);
    }
  }

  /** Compares what was read; a pure function. */
  public static RunComparison between(Side a, Side b) {
    var found = new ArrayList<SealDifference>();
    fields(a, b, found);
    seals(a, b, found);
    origins(a, b, found);
    found.sort(Comparator.comparing(SealDifference::cause));
    int step = firstDifferent(a.losses(), b.losses());
    return new RunComparison(
        sentence(found, step), List.copyOf(found), step, a.reached(), b.reached());
  }

  private static void fields(Side a, Side b, List<SealDifference> found) {
    for (FieldChange change : FieldChange.between(a.recipe(), b.recipe())) {
      Cause cause = Cause.ofField(change.path());
      found.add(SealDifference.differs(cause, change.path(), change.before(), change.now()));
    }
  }

  /** Files by their role, so that a base or rows that lie elsewhere are the same all the same. */
  private static void seals(Side a, Side b, List<SealDifference> found) {
    if (a.seal().isEmpty() || b.seal().isEmpty()) {
      String name = a.seal().isEmpty() ? a.name() : b.name();
      found.add(
          SealDifference.unsealed(
              Cause.NOTE, "seal", name + " has no seal, so files and versions are not compared."));
      return;
    }
    Seal one = a.seal().get();
    Seal other = b.seal().get();
    boolean sameFiles = true;
    var roles = new LinkedHashSet<>(one.files().keySet());
    roles.addAll(other.files().keySet());
    roles.remove(Ingredients.RECIPE); // compared field by field
    for (String role : roles) {
      sameFiles &= compare(role, hash(one, role), hash(other, role), found);
    }
    if (sameFiles) {
      found.removeIf(d -> List.of("model.path", "data.train", "data.eval").contains(d.what()));
    }
    one.facts()
        .forEach(
            (name, before) -> {
              String now = other.facts().getOrDefault(name, before);
              boolean told = List.of(Sealing.SEED, Sealing.DTYPE, Sealing.START).contains(name);
              if (!told && !now.equals(before)) {
                found.add(SealDifference.differs(Cause.ofFact(name), name, before, now));
              }
            });
  }

  private static boolean compare(
      String role, String before, String now, List<SealDifference> found) {
    if (!before.equals(now)) {
      found.add(
          SealDifference.differs(
              Cause.ofFile(role), role, Verification.brief(before), Verification.brief(now)));
    }
    return before.equals(now);
  }

  private static String hash(Seal seal, String role) {
    var file = seal.files().get(role);
    return file == null ? "" : file.sha256();
  }

  private static void origins(Side a, Side b, List<SealDifference> found) {
    String one = a.origin().map(Origin::sentence).orElse("");
    String other = b.origin().map(Origin::sentence).orElse("");
    if (!one.equals(other)) {
      found.removeIf(difference -> difference.what().equals(Ingredients.ORIGIN));
      found.add(
          shared(a, b)
              .or(() -> shared(b, a))
              .map(
                  step ->
                      new SealDifference(
                          Cause.NOTE,
                          SealDifference.Status.DIFFERS,
                          "origin",
                          one,
                          other,
                          "Both share the steps to " + step + "."))
              .orElseGet(() -> SealDifference.differs(Cause.ORIGIN, "origin", one, other)));
    }
    if (!a.amendments().equals(b.amendments())) {
      found.add(
          SealDifference.differs(
              Cause.LENGTH, "extended", extended(a.amendments()), extended(b.amendments())));
    }
  }

  /** The step that a branch left its parent at; nothing where one does not come from the other. */
  private static Optional<Integer> shared(Side parent, Side branch) {
    return branch
        .origin()
        .filter(
            origin ->
                origin.seal().isEmpty()
                    ? origin.name().equals(parent.name())
                    : parent.seal().map(Seal::number).filter(origin.seal()::equals).isPresent())
        .filter(Origin::optimizer)
        .map(Origin::step);
  }

  private static String extended(Amendments amendments) {
    return String.join(" ", amendments.list().stream().map(one -> one.sentence()).toList());
  }

  private static int firstDifferent(Map<Integer, Double> a, Map<Integer, Double> b) {
    return a.keySet().stream()
        .filter(step -> b.containsKey(step) && !a.get(step).equals(b.get(step)))
        .min(Integer::compare)
        .orElse(0);
  }

  private static String sentence(List<SealDifference> found, int step) {
    var real =
        found.stream()
            .filter(difference -> difference.status() == SealDifference.Status.DIFFERS)
            .filter(difference -> difference.cause() != Cause.NOTE)
            .toList();
    if (real.isEmpty()) {
      return step == 0
          ? "Nothing that is known differs, and every loss that both have is the same."
          : "Nothing that is known differs, yet the losses do from step " + step + " on.";
    }
    var first = real.getFirst();
    String also =
        real.size() == 1 ? " alone" : " first of all; " + (real.size() - 1) + " more below it";
    return "They differ in " + first.what() + also + ".";
  }

  /** The measured effect of the differences in a sentence; empty where nothing was measured. */
  public String effect() {
    if (first.bestEvalLoss() != null && second.bestEvalLoss() != null) {
      return "Best held-out loss %s in %s and %s in %s."
          .formatted(
              Figures.loss(first.bestEvalLoss()),
              first.run(),
              Figures.loss(second.bestEvalLoss()),
              second.run());
    }
    return first.loss() == null || second.loss() == null
        ? ""
        : "Last loss %s in %s and %s in %s."
            .formatted(
                Figures.loss(first.loss()), first.run(), Figures.loss(second.loss()), second.run());
  }
}
