package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * DoRA (arXiv:2402.09353): each row of V = W + s B A is brought to a trained length m_o, which
 * starts as the length of the row of W. With n the lengths of V, a constant on the way back
 * (section 4.3 of the paper), and g = m / n: y = W x + b + (g - 1) o (W x) + g o s B A x. The bias
 * is not rescaled. While inputs are dropped, the correction (g - 1) o (W x) sees the dropped input
 * too.
 */
public final class Dora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
    NDArray a = at.kaimingUniform(site.module(), rank, site.in());
    NDArray b = at.zeros(site.out(), rank);
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray m = work.call("dora_lengths", at.weight(work, site), a, b, work.scalar(s));
      return new Layer(site, a, b, at.owner().adopt(m), s, at.settings().dropout());
    }
  }

  /** A, B and m of one layer. */
  private record Layer(Linear site, NDArray a, NDArray b, NDArray m, double s, double dropout)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear at, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      boolean still = dropout == 0 || pass.draw().isEmpty();
      NDArray in = still ? x : dropped(pass, x);
      NDArray product = still ? unshifted(pass, y) : pass.frozen(withoutBias(), in);
      return scope.call("dora", in, y, product, lengths(pass), m, a, b, scope.scalar(s));
    }

    private NDArray dropped(Pass pass, NDArray x) {
      Autograd.seed(pass.draw().orElseThrow().seedFor(site.module(), "dropout"));
      return pass.scope().call("update_dropped", x, pass.scope().scalar(dropout));
    }

    private NDArray unshifted(Pass pass, NDArray y) {
      return site.hasBias() ? pass.scope().call("subtract", y, pass.parameter(site.bias())) : y;
    }

    private Linear withoutBias() {
      return new Linear(
          site.module(),
          site.in(),
          site.out(),
          false,
          site.layer(),
          site.transposed(),
          site.shares());
    }

    /** Lengths of the rows of V as they are now, without a history. */
    private NDArray lengths(Pass pass) {
      Scope work = pass.scope().unrecorded();
      try (Lent w = pass.weight(site)) {
        return work.call("dora_lengths", rows(work, w), a, b, work.scalar(s));
      }
    }

    private NDArray rows(Scope work, Lent w) {
      return site.transposed() ? work.call("transposed_view", w.array()) : w.array();
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      NDArray n = lengths(pass);
      try (Lent w = pass.weight(site)) {
        return Optional.of(scope.call("dora_change", rows(scope, w), n, m, a, b, scope.scalar(s)));
      }
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A.weight", a);
      tensors.put("lora_B.weight", b);
      tensors.put("lora_magnitude_vector", m);
      return tensors;
    }
  }
}
