package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Principal components of what layers read, and the ranks that follow from them. Layers that read
 * the same numbers share one set.
 */
final class LayerComponents implements AutoCloseable {
  private final Calibration rows;
  private final Calibration.View view;
  private final Scope owner = Triplets.work();
  private final SequencedMap<Linear, Integer> wanted;

  /** Each layer's set; the first layer of those that share one leads it. */
  private final SequencedMap<Linear, Components> of = new LinkedHashMap<>();

  private final SequencedMap<Linear, Components> leaders = new LinkedHashMap<>();
  private final Map<Components, Boolean> resting = new HashMap<>();
  private SequencedMap<Linear, Integer> ranks = new LinkedHashMap<>();

  LayerComponents(
      Calibration rows, Calibration.View view, SequencedMap<Linear, Integer> wanted, double rho) {
    this.rows = rows;
    this.view = view;
    this.wanted = wanted;
    var prints = new HashMap<List<Long>, Linear>();
    rows.inputs(
        List.copyOf(wanted.keySet()),
        0,
        view,
        (site, x) -> {
          Linear leader = prints.computeIfAbsent(Fingerprint.of(x), _ -> site);
          int most = (int) Math.rint(wanted.get(site) * rho);
          if (leader.equals(site)) {
            leaders.put(site, new Components(owner, Math.min(most, site.in())));
          }
          Components shared = leaders.get(leader);
          shared.atLeast(Math.min(most, site.in()));
          of.put(site, shared);
        });
    leaders.values().forEach(set -> resting.put(set, false));
    wanted.keySet().forEach(site -> ranks.put(site, of.get(site).count()));
  }

  /** Whether every component that is needed has come to rest; layers that have are left alone. */
  boolean settled(double tau) {
    leaders.forEach((site, set) -> resting.put(set, set.rests(ranks.get(site), tau)));
    return resting.values().stream().allMatch(it -> it);
  }

  /** Takes in a batch. */
  void read(int batch) {
    List<Linear> moving =
        leaders.keySet().stream().filter(site -> !resting.get(leaders.get(site))).toList();
    rows.inputs(moving, batch, view, (site, x) -> leaders.get(site).add(x));
    if (leaders.values().stream().allMatch(Components::known)) {
      ranks = distributed();
    }
  }

  /** Ranks by layer; 0 where a layer's components explain less than all others'. */
  SequencedMap<Linear, Integer> ranks() {
    return ranks;
  }

  private record Candidate(Linear site, double explained) {}

  private SequencedMap<Linear, Integer> distributed() {
    var candidates = new ArrayList<Candidate>();
    var order = new ArrayList<>(leaders.keySet());
    wanted.keySet().stream().filter(site -> !leaders.containsKey(site)).forEach(order::add);
    for (Linear site : order) {
      for (double explained : of.get(site).explained()) {
        candidates.add(new Candidate(site, explained));
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::explained).reversed());
    var counts = new LinkedHashMap<Linear, Integer>();
    wanted.keySet().forEach(site -> counts.put(site, 0));
    int budget = wanted.values().stream().mapToInt(Integer::intValue).sum();
    candidates.stream()
        .limit(budget)
        .forEach(candidate -> counts.merge(candidate.site(), 1, Integer::sum));
    order.stream().filter(site -> !leaders.containsKey(site)).forEach(site -> lead(site, counts));
    return counts;
  }

  /** Of layers that share components the leading one has the highest rank. */
  private void lead(Linear site, Map<Linear, Integer> counts) {
    Linear leader =
        leaders.keySet().stream()
            .filter(it -> leaders.get(it) == of.get(site))
            .findFirst()
            .orElseThrow();
    int own = counts.get(site);
    if (counts.get(leader) < own) {
      counts.put(site, counts.get(leader));
      counts.put(leader, own);
    }
  }

  /** A of every layer that keeps a rank, owned by the method. */
  Map<String, NDArray> starts(Attachment at, boolean whitened) {
    var starts = new HashMap<String, NDArray>();
    ranks.forEach(
        (site, rank) -> {
          if (rank > 0) {
            starts.put(site.module(), of.get(site).start(at.owner().unrecorded(), rank, whitened));
          }
        });
    return starts;
  }

  @Override
  public void close() {
    owner.close();
  }
}
