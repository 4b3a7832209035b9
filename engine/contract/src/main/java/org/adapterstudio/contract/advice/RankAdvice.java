package org.adapterstudio.contract.advice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/** What the spectra of a run say of its ranks. */
public sealed interface RankAdvice {
  /** Bytes of one trained number in a file. */
  int NUMBER = 4;

  /** Nothing can be said, and why. */
  record None(String sentence) implements RankAdvice {}

  /**
   * A rank for every layer.
   *
   * @param step of the spectrum it rests on
   * @param energy share of a layer's squared singular values that its rank must keep
   * @param layers all that have a spectrum, in network order
   */
  record Proposal(int step, double energy, List<Layer> layers) implements RankAdvice {
    public Proposal {
      layers = List.copyOf(layers);
    }

    /** Ranks of the layers that should change, by their names. */
    public SequencedMap<String, Integer> changes() {
      var changes = new LinkedHashMap<String, Integer>();
      layers.stream()
          .filter(layer -> layer.advised() != layer.rank())
          .forEach(layer -> changes.put(layer.name(), layer.advised()));
      return changes;
    }

    /** How many layers would get less. */
    public long cut() {
      return layers.stream().filter(layer -> layer.advised() < layer.rank()).count();
    }

    /** How many layers would get more. */
    public long grown() {
      return layers.stream().filter(layer -> layer.advised() > layer.rank()).count();
    }

    /** Trained numbers of these layers now; 0 where an old log does not tell their sizes. */
    public long parametersNow() {
      return sum(layer -> (long) layer.rank() * layer.perRank());
    }

    /** Trained numbers of these layers with the advised ranks, likewise. */
    public long parametersAdvised() {
      return sum(layer -> (long) layer.advised() * layer.perRank());
    }

    /** Share of all layers' squared singular values that would be cut off. */
    public double lost() {
      double all = layers.stream().mapToDouble(layer -> layer.norm() * layer.norm()).sum();
      double lost = layers.stream().mapToDouble(layer -> layer.error() * layer.error()).sum();
      return all == 0 ? 0 : lost / all;
    }

    private long sum(ToLongFunction<Layer> of) {
      return layers.stream().mapToLong(of).sum();
    }
  }

  /**
   * One layer.
   *
   * @param rank now
   * @param advised rank
   * @param effectiveRank as the spectrum tells it
   * @param norm Frobenius norm of dW
   * @param error Frobenius norm of what would be cut off
   * @param perRank trained numbers that one rank takes: in + out; 0 where not told
   */
  record Layer(
      String name,
      int rank,
      int advised,
      double effectiveRank,
      double norm,
      double error,
      int perRank) {
    /** Share of the layer's squared singular values that would be cut off. */
    public double lost() {
      return norm == 0 ? 0 : error * error / (norm * norm);
    }
  }
}
