package org.adapterstudio.engine.model.part;

/** A piece of a network. */
@FunctionalInterface
public interface Part {
  /** Names the parameters and linear layers it has. */
  void list(Inventory inventory);
}
