package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/** AdamW (arXiv:1711.05101) with PyTorch's defaults: beta 0.9 and 0.999, eps 1e-8, decay on all. */
public final class AdamW implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  private SequencedMap<String, Moments> moments = new LinkedHashMap<>();
  private double weightDecay;

  /**
   * State of one trained array.
   *
   * @param m mean of gradients
   * @param v mean of their squares
   * @param born updates that were made before it was there [1]; null where it was there from the
   *     first
   */
  private record Moments(NDArray array, NDArray m, NDArray v, NDArray born) {
    static Moments zero(NDArray array, NDArray born, Scope owner) {
      long[] shape = array.getShape().getShape();
      return new Moments(array, owner.zeros(shape), owner.zeros(shape), born);
    }

    long birth() {
      return born == null ? 0 : (long) born.toFloatArray()[0];
    }

    void close() {
      m.close();
      v.close();
      if (born != null) {
        born.close();
      }
    }
  }

  @Override
  public void prepare(SequencedMap<String, NDArray> trainable, double decay, Scope owner) {
    weightDecay = decay;
    trainable.forEach((name, array) -> moments.put(name, Moments.zero(array, null, owner)));
  }

  @Override
  public void adopt(SequencedMap<String, NDArray> trainable, long step, Scope owner) {
    var next = new LinkedHashMap<String, Moments>();
    trainable.forEach(
        (name, array) -> {
          Moments known = moments.remove(name);
          boolean same = known != null && known.array() == array;
          if (known != null && !same) {
            known.close();
          }
          next.put(name, same ? known : Moments.zero(array, born(step, owner), owner));
        });
    moments.values().forEach(Moments::close);
    moments = next;
  }

  /**
   * The first moment is a mean of gradients and turns as they do. The second is turned as if the
   * coordinates of a gradient were uncorrelated around their means (arXiv:2410.16103), which is
   * exact where rows are only chosen, and leaves no step above the learning rate. New rows begin
   * with a first moment of zero and the mean second moment of the others.
   */
  @Override
  public void turn(Map<String, Turn> turns, long step, Scope owner) {
    turns.forEach(
        (name, turn) -> {
          Moments old = moments.get(name);
          long made = Math.max(1, step - old.birth()); // moments of no step are zero anyway
          List<NDArray> turned;
          try (Scope work = Kernels.get().unrecorded()) {
            NDArray corrections =
                work.doubles(1 - Math.pow(BETA1, made), 1 - Math.pow(BETA2, made));
            turned = turn.moments(work, old.m(), old.v(), corrections);
            turned.forEach(owner::adopt);
          }
          old.m().close();
          old.v().close();
          moments.put(
              name, new Moments(turn.array(), turned.getFirst(), turned.getLast(), old.born()));
        });
  }

  @Override
  public void decay(double other) {
    weightDecay = other;
  }

  private static NDArray born(long step, Scope owner) {
    return owner.floats(new float[] {step}, 1);
  }

  @Override
  public void update(
      Scope scope, List<NDArray> gradients, long step, double learningRate, double factor) {
    var births = new TreeMap<Long, List<Integer>>();
    var all = List.copyOf(moments.values());
    for (int i = 0; i < all.size(); i++) {
      births.computeIfAbsent(all.get(i).birth(), _ -> new ArrayList<>()).add(i);
    }
    births.forEach(
        (birth, indices) ->
            scope.callLists(
                "adamw",
                List.of(
                    indices.stream().map(i -> all.get(i).array()).toList(),
                    indices.stream().map(gradients::get).toList(),
                    indices.stream().map(i -> all.get(i).m()).toList(),
                    indices.stream().map(i -> all.get(i).v()).toList()),
                scope.doubles(learningRate, BETA1, BETA2, EPS, weightDecay, step - birth, factor)));
  }

  @Override
  public SequencedMap<String, NDArray> state() {
    var state = new LinkedHashMap<String, NDArray>();
    moments.forEach((name, of) -> state.put("m." + name, of.m()));
    moments.forEach((name, of) -> state.put("v." + name, of.v()));
    moments.forEach(
        (name, of) -> {
          if (of.born() != null) {
            state.put(COUNT + name, of.born());
          }
        });
    return state;
  }
}
