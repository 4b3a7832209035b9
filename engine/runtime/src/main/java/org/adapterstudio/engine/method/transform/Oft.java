package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * OFT (arXiv:2306.07280, arXiv:2506.19847): y = W R' x + b with R block-diagonal and orthogonal,
 * each block made of a skew-symmetric Q whose strict upper triangle is trained. The exact Cayley
 * form (I - Q)(I + Q)^-1 and the series I + 2 Q + 2 Q^2 + ... turn opposite ways: which one it is
 * belongs to the weights.
 */
public final class Oft implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    var rotations = new LinkedHashMap<String, Rotation>();
    for (Linear site : at.targets()) {
      var rotation = Rotation.start(at, site);
      rotations.put(site.module(), rotation);
      layers.put(site.module(), rotation);
    }
    Attached attached = Attached.of(layers);
    return at.flag("coft") ? attached.with(new Constraint(rotations)) : attached;
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings,
        network,
        (knobs, site) -> {
          int b = blockSize(knobs, site);
          return (long) trainedBlocks(knobs, site, b) * b * (b - 1) / 2;
        });
  }

  /** Numbers a block: what was asked for, moved to the nearest divisor of the input's size. */
  private static int blockSize(KnobValues knobs, Linear site) {
    int blocks = knobs.whole("blocks");
    int size = knobs.whole("oft_block_size");
    if ((blocks == 0) == (size == 0)) {
      throw StudioException.badInput(
          "adapter.knobs: blocks is %d and oft_block_size is %d.".formatted(blocks, size),
          "Give one of them and set the other to 0.");
    }
    return blocks == 0
        ? nearestDivisor(site.in(), size)
        : site.in() / nearestDivisor(site.in(), blocks);
  }

  private static int trainedBlocks(KnobValues knobs, Linear site, int size) {
    return knobs.flag("block_share") ? 1 : site.in() / size;
  }

  /** The divisor of n nearest to a wish, the smaller of two as near. */
  static int nearestDivisor(int n, int wish) {
    if (wish >= n) {
      return n;
    }
    int above = wish;
    while (n % above != 0) {
      above++;
    }
    int below = wish;
    while (n % below != 0) {
      below--;
    }
    return wish - below <= above - wish ? below : above;
  }

  /** Keeps blocks near the identity (COFT): after each step they are scaled back to a radius. */
  private record Constraint(Map<String, Rotation> rotations) implements Schedule {
    @Override
    public boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
      Scope plain = scope.unrecorded();
      rotations
          .values()
          .forEach(rotation -> plain.call("assign", rotation.q, rotation.inside(plain)));
      return false;
    }
  }

  /**
   * One layer.
   *
   * @param q strict upper triangles [n, b (b - 1) / 2]
   * @param where their places in a flat block
   * @param b size of a block
   * @param form how a block is made of them
   */
  private record Rotation(Place place, NDArray q, NDArray where, int b, Form form)
      implements TrainedLayer {
    /**
     * How a block is made.
     *
     * @param terms of the series; 0 is the exact Cayley form
     * @param radius largest Frobenius norm of Q; empty is any
     */
    private record Form(int terms, Optional<Double> radius) {}

    static Rotation start(Attachment at, Linear site) {
      int b = blockSize(at.knobs(), site);
      int n = trainedBlocks(at.knobs(), site, b);
      var form =
          new Form(
              at.flag("use_cayley_neumann") ? at.knobs().whole("num_cayley_neumann_terms") : 0,
              at.flag("coft")
                  ? Optional.of(at.knobs().real("eps") / Math.sqrt(n))
                  : Optional.empty());
      NDArray where = at.owner().longs(Skew.upper(b), b * (b - 1L) / 2);
      return new Rotation(Place.of(at, site), at.zeros(n, b * (b - 1L) / 2), where, b, form);
    }

    private NDArray inside(Scope scope) {
      return form.radius()
          .map(radius -> scope.call("oft_constrained", q, scope.scalar(radius)))
          .orElse(q);
    }

    /** R [n, b, b]. */
    private NDArray blocks(Scope scope) {
      NDArray skew = Skew.of(scope, inside(scope), where, b);
      return form.terms() == 0
          ? scope.call("oft_cayley", skew)
          : Skew.series(scope, skew, form.terms());
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      NDArray r = BlockDropout.of(place, pass, blocks(pass.scope()));
      return pass.frozen(site, pass.scope().call("oft_rotated", x, r));
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      NDArray w = place.weight(pass.scope());
      NDArray turned = scope.call("oft_turned_back", w, blocks(scope));
      return Optional.of(scope.call("subtract", turned, w));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("oft_R.weight", q);
      return tensors;
    }
  }
}
