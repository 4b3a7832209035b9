package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;

/** Moves trained arrays by their gradients. One class, named by its card of kind optimizer. */
public interface Optimizer {
  /**
   * Before the names of counts of steps in {@link #state}, for arrays that were not there at first.
   */
  String COUNT = "t.";

  /** Makes the state for these arrays, zero at first; called once, before the first update. */
  void prepare(SequencedMap<String, NDArray> trainable, double weightDecay, Scope owner);

  /**
   * Looks again at what is trained: the state of what stays is kept, what is new starts from zero
   * and counts its steps from here, the state of what is gone goes too.
   *
   * @param step last update made
   */
  void adopt(SequencedMap<String, NDArray> trainable, long step, Scope owner);

  /**
   * Goes on with other arrays in place of some trained ones: their state is carried over. Each
   * method says what it loses by that.
   *
   * @param turns by the trained arrays' names
   * @param step last update made
   */
  void turn(Map<String, Turn> turns, long step, Scope owner);

  /** Another weight decay from the next update on. */
  void decay(double weightDecay);

  /**
   * One update in place.
   *
   * @param gradients in the order of the trained arrays
   * @param factor the gradients are multiplied by (clipping); 1 leaves them
   */
  void update(Scope scope, List<NDArray> gradients, long step, double learningRate, double factor);

  /** State arrays by name, for checkpoints; restored in place. */
  SequencedMap<String, NDArray> state();
}
