package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Keys and values of the tokens seen so far, one pair a layer, so that each token is computed once.
 */
public final class KeyValueCache implements AutoCloseable {
  private final NDArray[] keys;
  private final NDArray[] values;
  private final Scope owner;
  private int length;

  /** An empty cache whose arrays live in {@code owner}. */
  public KeyValueCache(int layers, Scope owner) {
    this.keys = new NDArray[layers];
    this.values = new NDArray[layers];
    this.owner = owner;
  }

  /** Tokens held. */
  public int length() {
    return length;
  }

  /** Appends a layer's new keys [B, G, S, E] and returns all of them. */
  public NDArray keys(Scope scope, int layer, NDArray fresh) {
    return keys[layer] = extended(scope, keys[layer], fresh);
  }

  /** Appends a layer's new values [B, G, S, E] and returns all of them. */
  public NDArray values(Scope scope, int layer, NDArray fresh) {
    return values[layer] = extended(scope, values[layer], fresh);
  }

  /** Counts the tokens that every layer has now taken. */
  public void advance(int tokens) {
    length += tokens;
  }

  private NDArray extended(Scope scope, NDArray old, NDArray fresh) {
    if (old == null) {
      return owner.adopt(fresh);
    }
    NDArray both = owner.adopt(scope.call("cat_positions", old, fresh));
    old.close();
    return both;
  }

  @Override
  public void close() {
    owner.close();
  }
}
