package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.method.UpdateDropout;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * LoHa (arXiv:2108.06098, arXiv:2309.14859): dW = s (W1a W1b) o (W2a W2b), entry by entry, s =
 * alpha / r. All but W2b start kaiming-uniform, W2b zero. Products of all pairs of columns and of
 * rows write it as a plain LoRA of rank r^2.
 */
public final class Loha implements Method {
  @Override
  public Attached attach(Attachment at) {
    var dropout =
        new UpdateDropout(at.settings().dropout(), true, at.knobs().real("module_dropout"));
    return Attached.each(at, site -> layer(at, site, dropout));
  }

  private static TrainedLayer layer(Attachment at, Linear site, UpdateDropout dropout) {
    int rank = at.rank(site);
    String module = site.module();
    return new Layer(
        module,
        at.kaimingUniform(module + ".hada_w1_a", site.out(), rank),
        at.kaimingUniform(module + ".hada_w1_b", rank, site.in()),
        at.kaimingUniform(module + ".hada_w2_a", site.out(), rank),
        at.zeros(rank, site.in()),
        at.alpha(site) / rank,
        dropout);
  }

  /** The four factors of one layer. */
  private record Layer(
      String module,
      NDArray a1,
      NDArray b1,
      NDArray a2,
      NDArray b2,
      double s,
      UpdateDropout dropout)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      return dropout.added(
          pass, module, pass.frozen(site, x), () -> scope.call("update_dense", x, update(scope)));
    }

    private NDArray update(Scope scope) {
      return scope.call("loha_update", a1, b1, a2, b2, scope.scalar(s));
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(update(pass.scope()));
    }

    @Override
    public Optional<LowRank> plain(Pass pass) {
      Scope scope = pass.scope();
      NDArray a = scope.call("loha_rows", b1, b2);
      return Optional.of(new LowRank(a, scope.call("loha_columns", a1, a2), s));
    }

    @Override
    public Optional<NDArray> singularValues(Scope scope) {
      return Optional.of(scope.call("singular_values", update(scope)));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("hada_w1_a", a1);
      tensors.put("hada_w1_b", b1);
      tensors.put("hada_w2_a", a2);
      tensors.put("hada_w2_b", b2);
      return tensors;
    }
  }
}
