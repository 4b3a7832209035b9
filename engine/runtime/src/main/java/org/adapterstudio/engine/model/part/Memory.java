package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Tokens;

/** What a decoder looks at: an encoder's states, and who of them is real. */
public final class Memory {
  private final Scope owner;
  private final NDArray states;
  private final Tokens tokens;
  private final boolean lasting;
  private final Map<Integer, KeyValue> kept = new HashMap<>();
  private NDArray mask;

  /** Keys and values of one layer, each [B, H, T, E]. */
  record KeyValue(NDArray key, NDArray value) {}

  private Memory(Scope owner, NDArray states, Tokens tokens, boolean lasting) {
    this.owner = owner;
    this.states = states;
    this.tokens = tokens;
    this.lasting = lasting;
  }

  /**
   * For one pass.
   *
   * @param states [B, T, D]
   * @param tokens whose padding is not looked at; null where everything is real
   */
  public static Memory passing(Scope scope, NDArray states, Tokens tokens) {
    return new Memory(scope, states, tokens, false);
  }

  /** For a whole answer: each layer's keys and values are computed once and kept in the owner. */
  public static Memory lasting(Scope owner, NDArray states, Tokens tokens) {
    return new Memory(owner, owner.adopt(states), tokens, true);
  }

  /** The encoder's states [B, T, D]. */
  NDArray states() {
    return states;
  }

  /** A layer's keys and values, computed now unless they are kept. */
  KeyValue of(int layer, Supplier<KeyValue> computed) {
    if (!lasting) {
      return computed.get();
    }
    return kept.computeIfAbsent(
        layer,
        _ -> {
          KeyValue fresh = computed.get();
          return new KeyValue(owner.adopt(fresh.key()), owner.adopt(fresh.value()));
        });
  }

  /** The additive mask [B, 1, 1, T] in float32, or nothing where nothing is hidden. */
  Optional<NDArray> mask() {
    if (tokens == null || tokens.attention() == null) {
      return Optional.empty();
    }
    if (mask == null) {
      mask = AttentionMask.ofPadding(owner, tokens);
    }
    return Optional.of(mask);
  }
}
