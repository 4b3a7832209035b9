package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * LoRA (arXiv:2106.09685): y = W x + b + s B (A dropout(x)) with A [r, in], B [out, r] and s =
 * alpha / r, or alpha / sqrt(r) where rank-stabilised (arXiv:2312.03732). A starts kaiming-uniform,
 * B zero, so the first pass is the base's.
 */
public final class Lora implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      layers.put(site.module(), layer(at, site));
    }
    return new Attached(layers, new LinkedHashMap<>());
  }

  private static Layer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double divisor = at.flag("use_rslora") ? Math.sqrt(rank) : rank;
    return new Layer(
        site.module(),
        at.kaimingUniform(site.module(), rank, site.in()),
        at.zeros(site.out(), rank),
        at.alpha(site) / divisor,
        at.settings().dropout());
  }

  /** A and B of one layer. */
  private record Layer(String module, NDArray a, NDArray b, double s, double dropout)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      if (lowRank(pass).isPresent()) {
        return scope.call("lora", x, y, a, b, scope.scalar(s));
      }
      Autograd.seed(pass.draw().get().seedFor(module, "dropout"));
      return scope.call("lora_dropout", x, y, a, b, scope.scalar(s), scope.scalar(dropout));
    }

    @Override
    public Optional<LowRank> lowRank(Pass pass) {
      boolean plain = dropout == 0 || pass.draw().isEmpty();
      return plain ? Optional.of(new LowRank(a, b, s)) : Optional.empty();
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("lora_A.weight", a);
      tensors.put("lora_B.weight", b);
      return tensors;
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      return Optional.of(scope.call("low_rank_product", a, b, scope.scalar(s)));
    }

    @Override
    public Optional<NDArray> singularValues(Scope scope) {
      return Optional.of(scope.call("low_rank_spectrum", a, b, scope.scalar(s)));
    }
  }
}
