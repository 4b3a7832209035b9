package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.Singular;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TorchStream;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * TinyLoRA (arXiv:2602.04118): W = U S V^T cut to r triplets gives frozen A = sqrt(S) V^T and B = U
 * sqrt(S); between them stands R = sum_i v_i P_i with frozen random P_i [r, r] and a trained vector
 * v [u], zero at first, that layers may share. dW = B R A. The P come from PyTorch's stream of
 * projection_seed plus the layer's place among the targets, N(0, 1 / r), as PEFT draws them.
 */
public final class TinyLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    int layers = at.targets().size();
    int groups = groups(layers, at.knobs());
    var vectors = new ArrayList<NDArray>();
    Shared shared = Shared.none();
    for (int i = 0; i < groups; i++) {
      vectors.add(at.zeros(at.knobs().whole("u")));
      shared.trains("tinylora_v." + i, vectors.get(i));
    }
    int size = Math.max(1, layers / groups);
    return Attached.each(
            at,
            site -> {
              int place = at.targets().indexOf(site);
              return layer(at, site, place, vectors.get(Math.min(place / size, groups - 1)));
            })
        .with(shared);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    KnobValues knobs = Method.knobs(settings);
    int layers = TargetSelection.of(settings, network).size();
    return OptionalLong.of((long) groups(layers, knobs) * knobs.whole("u"));
  }

  /** How many vectors there are: one for each layer without tying, one for all with tying 1. */
  private static int groups(int layers, KnobValues knobs) {
    return (int) Math.max(1, Math.rint(layers * (1 - knobs.real("weight_tying"))));
  }

  private static TrainedLayer layer(Attachment at, Linear site, int place, NDArray v) {
    int rank = Math.min(at.settings().rank(), Math.min(site.in(), site.out()));
    var stream = new TorchStream(at.owner(), at.knobs().whole("projection_seed") + place);
    NDArray p = stream.normal(1 / Math.sqrt(rank), at.knobs().whole("u"), rank, rank);
    NDArray a;
    NDArray b;
    try (Scope work = Kernels.get().unrecorded()) {
      Singular top = Singular.of(at, work, site).part(work, 0, rank);
      NDArray root = work.call("factor_root", top.s());
      a = at.owner().adopt(work.call("factor_rows", top.v(), root));
      b = at.owner().adopt(work.call("factor_columns", top.u(), root));
    }
    var layer =
        new FactoredLayer(at, site, scope -> update(scope, a, b, p, v))
            .keeps("tinylora_A", Kept.of(a))
            .keeps("tinylora_B", Kept.of(b));
    return at.flag("save_projection") ? layer.keeps("tinylora_P", Kept.of(p)) : layer;
  }

  private static LowRank update(Scope scope, NDArray a, NDArray b, NDArray p, NDArray v) {
    NDArray r = scope.call("factor_combined", v, p);
    return new LowRank(scope.call("factor_product", r, a), b, 1);
  }
}
