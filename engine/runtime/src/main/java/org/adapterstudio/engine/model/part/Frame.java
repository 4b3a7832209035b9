package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.KeyValueCache;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/** What all blocks of a stack share in one pass: who sees whom, and the angles of positions. */
public final class Frame {
  private final Scope scope;
  private final Tokens tokens;
  private final boolean causal;
  private final KeyValueCache cache;
  private final String compute;
  private final Memory memory;
  private final boolean exact;
  private final int before;
  private final Map<Integer, Optional<NDArray>> masks = new HashMap<>();
  private final Map<Integer, NDArray> everyMasks = new HashMap<>();
  private final Map<Rotary, Rotary.Angles> angles = new HashMap<>();
  private final Map<RelativePositions.Distances, NDArray> rows = new HashMap<>();
  private final Map<Reach, NDArray> biases = new HashMap<>();
  private Scope biasOwner;

  /** A bias over distances, and how far back its layers look. */
  private record Reach(RelativeBias bias, int window) {}

  private Frame(
      Scope scope,
      Tokens tokens,
      boolean causal,
      KeyValueCache cache,
      String compute,
      Memory memory,
      boolean exact,
      int before) {
    this.scope = scope;
    this.tokens = tokens;
    this.causal = causal;
    this.cache = cache;
    this.compute = compute;
    this.memory = memory;
    this.exact = exact;
    this.before = before;
  }

  /**
   * Each position sees itself and earlier ones.
   *
   * @param cache takes and gives keys and values; null computes every position
   */
  public static Frame causal(Pass pass, Tokens tokens, KeyValueCache cache) {
    return causal(pass, tokens, cache, 0);
  }

  /** The same after a prompt of so many keys and values. */
  public static Frame causal(Pass pass, Tokens tokens, KeyValueCache cache, int before) {
    return decoding(pass, tokens, cache, null, before);
  }

  /** The same in a decoder that looks at an encoder. */
  public static Frame decoding(Pass pass, Tokens tokens, KeyValueCache cache, Memory memory) {
    return decoding(pass, tokens, cache, memory, 0);
  }

  private static Frame decoding(
      Pass pass, Tokens tokens, KeyValueCache cache, Memory memory, int before) {
    String compute = pass.weights().base().compute();
    boolean exact = pass.weights().mixesRows();
    return new Frame(pass.scope(), tokens, true, cache, compute, memory, exact, before);
  }

  /** Each position sees every real one. */
  public static Frame open(Scope scope, Tokens tokens, String compute) {
    return new Frame(scope, tokens, false, null, compute, null, false, 0);
  }

  /** The rows and padding it is about; null where nothing is hidden. */
  public Tokens tokens() {
    return tokens;
  }

  /** Keys and values of earlier tokens; null where every position is computed. */
  public KeyValueCache cache() {
    return cache;
  }

  /** What a decoder looks at; null where there is no encoder. */
  Memory memory() {
    return memory;
  }

  /** Positions before these, be they computed earlier or a prompt's. */
  public int past() {
    return begins() ? before : cache.length();
  }

  /** Whether nothing of the rows was computed before. */
  boolean begins() {
    return cache == null || cache.length() == 0;
  }

  /** The additive mask for a reach, or nothing where a plain kernel is right. */
  Optional<NDArray> mask(int window) {
    return masks.computeIfAbsent(
        window,
        _ ->
            AttentionMask.needed(tokens, past(), window, causal, exact)
                ? Optional.of(everyMask(window))
                : Optional.empty());
  }

  /** The additive mask [B or 1, 1, S, T] in float32 for a reach, needed or not. */
  NDArray everyMask(int window) {
    return everyMasks.computeIfAbsent(
        window, _ -> AttentionMask.of(scope, tokens, past(), window, causal));
  }

  /**
   * The mask of a reach with a bias over distances added [B or 1, H, S, T]. Layers computed in one
   * scope share it; one computed again in a scope of its own makes its own, so that gradients reach
   * the bias.
   */
  NDArray biased(Pass pass, RelativeBias bias, int window) {
    if (biasOwner != pass.scope()) {
      biases.clear();
      biasOwner = pass.scope();
    }
    return biases.computeIfAbsent(new Reach(bias, window), _ -> sum(pass, bias, window));
  }

  private NDArray sum(Pass pass, RelativeBias bias, int window) {
    NDArray distances = bias.of(pass, tokens.length(), past());
    boolean hides = plainCausal() || mask(window).isPresent();
    return hides ? pass.scope().call("add", distances, everyMask(window)) : distances;
  }

  /** Whether the kernel itself must hide later positions when there is no mask. */
  boolean plainCausal() {
    return causal && tokens.length() > 1;
  }

  /** Cosines and sines of the positions. */
  Rotary.Angles angles(Rotary rotary) {
    return angles.computeIfAbsent(rotary, r -> r.angles(scope, tokens, past(), compute));
  }

  /** Rows [S, S] of the distances between all positions. */
  NDArray rows(RelativePositions.Distances distances) {
    return rows.computeIfAbsent(distances, d -> d.rows(scope, tokens.length()));
  }
}
