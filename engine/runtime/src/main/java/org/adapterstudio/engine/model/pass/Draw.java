package org.adapterstudio.engine.model.pass;

/**
 * The key from which every random number of one forward pass is derived, so that a resumed run, an
 * accumulated step and a recomputed layer draw the same numbers.
 *
 * @param seed of the run
 * @param step optimizer step, from 1
 * @param microBatch within the step
 */
public record Draw(long seed, long step, long microBatch) {
  /** The seed for one draw of one layer. */
  public long seedFor(String module, String purpose) {
    long hash = mix(seed);
    hash = mix(hash ^ step);
    hash = mix(hash ^ microBatch);
    return mix(mix(hash ^ text(module)) ^ text(purpose));
  }

  /** FNV-1a over the characters: the same on every machine. */
  private static long text(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** SplitMix64's finaliser. */
  public static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
