package org.adapterstudio.engine.method.block;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * Block-LoRA (arXiv:2501.16720), read from its abstract: LoRA's factors are cut into n blocks that
 * share one down-projection. Along the rank, dW = s (B_1 + ... + B_n) A with A [r / n, in]: all B_i
 * get the same gradient, so equal starts stay equal and the layer has rank r / n. Along the inputs,
 * A [r, in / n] is repeated n times and B is whole. A starts kaiming-uniform, B zero.
 */
public final class BlockLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  /**
   * One layer.
   *
   * @param a A [r / n, in] or [r, in / n]
   * @param b all B_i [n, out, r / n] or B [1, out, r]
   * @param repeats how often A stands beside itself
   */
  private record Layer(Place place, NDArray a, NDArray b, int repeats, double s)
      implements ProductLayer {
    static Layer start(Attachment at, Linear site) {
      int r = at.rank(site);
      int arms = at.knobs().whole("arms");
      boolean along = at.knobs().text("shared_along").equals("inputs");
      int cut = along ? site.in() : r;
      if (cut % arms != 0) {
        throw StudioException.badInput(
            "adapter.knobs.arms: %d does not divide the %d %s of %s."
                .formatted(arms, cut, along ? "inputs" : "ranks", site.module()),
            "Use a divisor.");
      }
      double s = at.alpha(site) / r;
      var place = Place.of(at, site);
      return along
          ? new Layer(
              place,
              at.kaimingUniform(site.module(), r, site.in() / arms),
              at.zeros(1, site.out(), r),
              arms,
              s)
          : new Layer(
              place,
              at.kaimingUniform(site.module(), r / arms, site.in()),
              at.zeros(arms, site.out(), r / arms),
              1,
              s);
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray rows = scope.call("block_lora_rows", a, scope.sizes(repeats));
      return new LowRank(rows, scope.call("block_lora_columns", b), s);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("block_lora_A.weight", a);
      tensors.put("block_lora_B.weight", b);
      return tensors;
    }
  }
}
