package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Lily (arXiv:2407.09946): layers of one kind share num_B trained experts B_e [r, out], and
 * stride_A neighbouring ones share A [r, in]. A router of each layer weighs the experts by softmax
 * over A x, averaged over all rows of the batch: y = W x + b + s (sum_e p_e B_e)^T A x. A and the
 * router start kaiming-uniform, the experts at zero. The update depends on the input, so it cannot
 * be merged.
 */
public final class Lily implements Method {
  @Override
  public Attached attach(Attachment at) {
    var kinds = new LinkedHashMap<String, List<Layer>>();
    return Attached.each(
        at, site -> layer(at, site, kinds.computeIfAbsent(kind(at, site), _ -> new ArrayList<>())));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    KnobValues knobs = Method.knobs(settings);
    long rank = settings.rank();
    long experts = knobs.whole("num_B");
    var sizes = new LinkedHashMap<String, Integer>();
    long count = 0;
    for (Linear site : TargetSelection.of(settings, network)) {
      int before = sizes.merge(kind(settings, site), 1, Integer::sum) - 1;
      count += before % knobs.whole("stride_A") == 0 ? rank * site.in() : 0;
      count += before == 0 ? experts * rank * site.out() : 0;
      count += experts * rank;
    }
    return OptionalLong.of(count);
  }

  private static String kind(Attachment at, Linear site) {
    return kind(at.settings(), site);
  }

  /** The target's name that a layer matched, and its size. */
  private static String kind(Recipe.Adapter settings, Linear site) {
    String name = site.module().substring(site.module().lastIndexOf('.') + 1);
    if (settings.targetModules().isArray()) {
      for (var target : settings.targetModules()) {
        name = site.module().endsWith(target.asText()) ? target.asText() : name;
      }
    }
    return name + " " + site.out() + " x " + site.in();
  }

  private static TrainedLayer layer(Attachment at, Linear site, List<Layer> before) {
    int rank = at.settings().rank();
    int experts = at.knobs().whole("num_B");
    String module = site.module();
    boolean leads = before.size() % at.knobs().whole("stride_A") == 0;
    NDArray a = leads ? at.kaimingUniform(module, rank, site.in()) : before.getLast().a();
    NDArray b =
        before.isEmpty() ? at.zeros((long) experts * rank, site.out()) : before.getFirst().b();
    NDArray router = at.kaimingUniform(module + ".lily_router", experts, rank);
    var layer = new Layer(a, b, router, leads, before.isEmpty(), at.knobs().real("scaling"));
    before.add(layer);
    return layer;
  }

  /**
   * One layer.
   *
   * @param ownsA whether A is stored under this layer's name; else under an earlier one's
   * @param ownsB whether the experts are
   */
  private record Layer(NDArray a, NDArray b, NDArray router, boolean ownsA, boolean ownsB, double s)
      implements TrainedLayer {
    @Override
    public boolean mixesRows() {
      return true;
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      return scope.call("lily", x, pass.frozen(site, x), a, b, router, scope.scalar(s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      if (ownsA) {
        tensors.put("lily_A.weight", a);
      }
      if (ownsB) {
        tensors.put("lily_B.weight", b);
      }
      tensors.put("lily_router.weight", router);
      return tensors;
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      if (!ownsA) {
        kept.put("lily_A.weight", Kept.repeated(a));
      }
      if (!ownsB) {
        kept.put("lily_B.weight", Kept.repeated(b));
      }
      return kept;
    }
  }
}
