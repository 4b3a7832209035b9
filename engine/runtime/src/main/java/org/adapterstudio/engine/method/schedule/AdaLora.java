package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * AdaLoRA (arXiv:2303.10512): dW = s B diag(E) A with A [r, in], E [r, 1], B [out, r] and s = alpha
 * / (R + 1e-5), R the rank it starts with. While it is trained, the entries of E that matter least
 * over all layers are set to zero until a budget of ranks is left. E starts at zero.
 */
public final class AdaLora implements Method {
  /** Added to the rank in the divisor, so that a layer without ranks divides by something. */
  static final double DIVISOR = 1e-5;

  private static final double DEVIATION = 0.02;

  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    var triplets = new LinkedHashMap<String, Triplets>();
    for (Linear site : at.targets()) {
      triplets.put(site.module(), triplets(at, site));
    }
    layers.putAll(triplets);
    return Attached.of(layers).with(new RankBudget(at, triplets));
  }

  /** The divisor is the common first rank, also where a file holds fewer ranks of a layer. */
  private static Triplets triplets(Attachment at, Linear site) {
    String module = site.module();
    int rank = at.rank(site);
    return new Triplets(
        module,
        at.normal(module, "A", DEVIATION, rank, site.in()),
        at.normal(module, "B", DEVIATION, site.out(), rank),
        at.zeros(rank, 1),
        at.alpha(site) / (at.settings().rank() + DIVISOR),
        at.settings().dropout());
  }

  /**
   * One layer.
   *
   * @param a A [r, in]
   * @param b B [out, r]
   * @param e E [r, 1]
   */
  record Triplets(String module, NDArray a, NDArray b, NDArray e, double s, double dropout)
      implements Factored {
    @Override
    public LowRank factors(Scope scope) {
      return new LowRank(scope.call("adalora_rows", a, e), b, s);
    }

    /** Without the ranks that are switched off. */
    @Override
    public Optional<LowRank> plain(Pass pass) {
      Scope scope = pass.scope();
      float[] values = e.toFloatArray();
      long[] left =
          IntStream.range(0, values.length).filter(i -> values[i] != 0).asLongStream().toArray();
      NDArray index =
          left.length == 0 ? scope.longs(new long[1], 1) : scope.longs(left, left.length);
      NDArray rows = scope.call("adalora_rows", a, e);
      return Optional.of(
          new LowRank(
              scope.call("adalora_chosen_rows", rows, index),
              scope.call("adalora_chosen_columns", b, index),
              s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A", a);
      tensors.put("lora_B", b);
      tensors.put("lora_E", e);
      return tensors;
    }
  }
}
