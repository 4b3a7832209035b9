package org.adapterstudio.contract.run.lineage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.seal.Seal;

/**
 * Runs and the branches that came from them. A parent is found where its branch says it was, else
 * by its seal or its recipe wherever it is now; one that is not among the runs is told as unknown.
 *
 * @param roots runs without a known parent, in the order they were given
 */
public record RunTree(List<Node> roots) {
  public RunTree {
    roots = List.copyOf(roots);
  }

  /**
   * A run and what came from it.
   *
   * @param origin of a branch
   * @param known whether the parent is among the runs; true where there is none
   * @param depth branches between this run and its root
   * @param children by the step they left at, then in the order of the runs
   */
  public record Node(
      RunFolder run, Optional<Origin> origin, boolean known, int depth, List<Node> children) {
    /** The parent's name; empty where the run started from nothing. */
    public String parent() {
      return origin.map(Origin::name).orElse("");
    }
  }

  /** The forest of some runs. */
  public static RunTree of(List<RunFolder> runs) {
    var origins = new HashMap<Path, Origin>();
    runs.forEach(run -> origin(run).ifPresent(origin -> origins.put(run.path(), origin)));
    Map<Path, RunFolder> parents = parents(runs, origins);
    var children = new HashMap<Path, List<RunFolder>>();
    parents.forEach(
        (child, parent) ->
            children
                .computeIfAbsent(parent.path(), _ -> new ArrayList<>())
                .add(new RunFolder(child)));
    children
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.<RunFolder>comparingInt(run -> origins.get(run.path()).step())
                        .thenComparingInt(runs::indexOf)));
    return new RunTree(
        runs.stream()
            .filter(run -> !parents.containsKey(run.path()))
            .map(run -> node(run, 0, origins, children))
            .toList());
  }

  /** Every run once, each behind its parent. */
  public List<Node> flat() {
    var all = new ArrayList<Node>();
    roots.forEach(root -> collect(root, all));
    return all;
  }

  /** The place of a run. */
  public Optional<Node> find(RunFolder run) {
    return flat().stream().filter(node -> node.run().equals(run)).findFirst();
  }

  /** The run that another came from, where it is among the runs. */
  public Optional<RunFolder> parentOf(RunFolder run) {
    return flat().stream()
        .filter(node -> node.children().stream().anyMatch(child -> child.run().equals(run)))
        .map(Node::run)
        .findFirst();
  }

  private static void collect(Node node, List<Node> all) {
    all.add(node);
    node.children().forEach(child -> collect(child, all));
  }

  private static Node node(
      RunFolder run, int depth, Map<Path, Origin> origins, Map<Path, List<RunFolder>> children) {
    Optional<Origin> origin = Optional.ofNullable(origins.get(run.path()));
    List<Node> below =
        children.getOrDefault(run.path(), List.of()).stream()
            .map(child -> node(child, depth + 1, origins, children))
            .toList();
    return new Node(run, origin, origin.isEmpty() || depth > 0, depth, below);
  }

  private static Map<Path, RunFolder> parents(List<RunFolder> runs, Map<Path, Origin> origins) {
    var parents = new HashMap<Path, RunFolder>();
    if (origins.isEmpty()) {
      return parents; // nothing to look for, so no file is read
    }
    var places = new Places(runs);
    origins.forEach(
        (child, origin) ->
            places
                .find(origin)
                .filter(parent -> !parent.path().equals(child))
                .filter(parent -> !descends(parent.path(), child, parents))
                .ifPresent(parent -> parents.put(child, parent)));
    return parents;
  }

  /** Whether a run comes from another; two folders that name each other must not make a circle. */
  private static boolean descends(Path run, Path from, Map<Path, RunFolder> parents) {
    Set<Path> seen = new HashSet<>();
    for (Path at = run; at != null && seen.add(at); ) {
      if (at.equals(from)) {
        return true;
      }
      RunFolder next = parents.get(at);
      at = next == null ? null : next.path();
    }
    return false;
  }

  private static Optional<Origin> origin(RunFolder run) {
    try {
      return Origin.of(run);
    } catch (StudioException e) {
      return Optional.empty(); // shown as a run of its own; the file says why when it is opened
    }
  }

  /** Runs by what a branch knows of its parent; seals and recipes are read where paths fail. */
  private static final class Places {
    private final List<RunFolder> runs;
    private final Map<Path, RunFolder> paths = new HashMap<>();
    private Map<String, RunFolder> seals;
    private Map<String, RunFolder> recipes;

    Places(List<RunFolder> runs) {
      this.runs = runs;
      runs.forEach(run -> paths.put(run.path(), run));
    }

    Optional<RunFolder> find(Origin origin) {
      RunFolder there = paths.get(Path.of(origin.path()));
      if (there != null && meant(there, origin)) {
        return Optional.of(there);
      }
      if (seals == null) {
        index();
      }
      RunFolder sealed = origin.seal().isEmpty() ? null : seals.get(origin.seal());
      return Optional.ofNullable(sealed == null ? recipes.get(origin.recipe()) : sealed);
    }

    /** Whether a run at the parent's place is the parent and no other that took its place. */
    private static boolean meant(RunFolder run, Origin origin) {
      Optional<String> number = origin.seal().isEmpty() ? Optional.empty() : Seal.number(run);
      return number
          .map(origin.seal()::equals)
          .orElseGet(() -> Origin.recipeHash(run).equals(origin.recipe()));
    }

    private void index() {
      seals = new HashMap<>();
      recipes = new HashMap<>();
      for (RunFolder run : runs) {
        Seal.number(run).ifPresent(number -> seals.putIfAbsent(number, run));
        recipes.putIfAbsent(Origin.recipeHash(run), run);
      }
    }
  }
}
