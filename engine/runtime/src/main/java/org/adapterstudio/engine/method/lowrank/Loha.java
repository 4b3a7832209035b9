package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.method.UpdateDropout;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * LoHa (arXiv:2108.06098, arXiv:2309.14859): dW = s (W1a W1b) o (W2a W2b), entry by entry, s =
 * alpha / r. All but W2b start kaiming-uniform, W2b zero. Products of all pairs of columns and of
 * rows write it as a plain LoRA of rank r^2.
 *
 * <p>A kernel counts as its matrix; or its factors are [r, out] and [r, channels] with a core [r,
 * r, h, w] between them, P[o, i, h, w] = sum t[p, q, h, w] a[p, o] b[q, i].
 */
public final class Loha implements Method {
  /** Knob: whether kernels have cores. */
  static final String CORES = "use_effective_conv2d";

  @Override
  public Attached attach(Attachment at) {
    var dropout =
        new UpdateDropout(at.settings().dropout(), true, at.knobs().real("module_dropout"));
    return Attached.each(at, site -> layer(at, site, dropout));
  }

  @Override
  public boolean takes(Linear site) {
    return !(site.form() instanceof Linear.Lookup);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    boolean cores = Method.knobs(settings).flag(CORES);
    long count = 0;
    for (Linear site : targets(settings, network)) {
      long rank = TargetSelection.rank(settings, network, site);
      boolean core = cores && cored(site);
      long in = core ? ((Linear.Window) site.form()).channels() : site.in();
      count += 2 * rank * (in + site.out()) + (core ? 2 * rank * rank * points(site) : 0);
    }
    return OptionalLong.of(count);
  }

  /** Whether a kernel has more than one point, so that a core can hold them. */
  static boolean cored(Linear site) {
    return points(site) > 1;
  }

  /** Points of a kernel; one of what is none. */
  static int points(Linear site) {
    return site.form() instanceof Linear.Window window
        ? window.kernel().height() * window.kernel().width()
        : 1;
  }

  /** A core [r, r, h, w] of a kernel, which starts kaiming-uniform. */
  static NDArray core(Attachment at, Linear site, String name, int rank) {
    var kernel = ((Linear.Window) site.form()).kernel();
    NDArray flat = at.kaimingUniform(site.module() + name, rank, rank * points(site));
    return flat.reshape(rank, rank, kernel.height(), kernel.width());
  }

  private static TrainedLayer layer(Attachment at, Linear site, UpdateDropout dropout) {
    int rank = at.rank(site);
    String module = site.module();
    if (at.flag(CORES) && cored(site)) {
      int channels = ((Linear.Window) site.form()).channels();
      return new Layer(
          module,
          at.kaimingUniform(module + ".hada_w1_a", rank, site.out()),
          at.kaimingUniform(module + ".hada_w1_b", rank, channels),
          at.kaimingUniform(module + ".hada_w2_a", rank, site.out()),
          at.zeros(rank, channels),
          Optional.of(
              new Cores(core(at, site, ".hada_t1", rank), core(at, site, ".hada_t2", rank))),
          at.alpha(site) / rank,
          dropout);
    }
    return new Layer(
        module,
        at.kaimingUniform(module + ".hada_w1_a", site.out(), rank),
        at.kaimingUniform(module + ".hada_w1_b", rank, site.in()),
        at.kaimingUniform(module + ".hada_w2_a", site.out(), rank),
        at.zeros(rank, site.in()),
        Optional.empty(),
        at.alpha(site) / rank,
        dropout);
  }

  /** What holds the points of a kernel: both products have one, and their factors lie down. */
  private record Cores(NDArray t1, NDArray t2) {}

  /** The four factors of one layer. */
  private record Layer(
      String module,
      NDArray a1,
      NDArray b1,
      NDArray a2,
      NDArray b2,
      Optional<Cores> cores,
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
      return scope.call(
          "loha_update",
          left(scope, a1),
          right1(scope),
          left(scope, a2),
          right2(scope),
          scope.scalar(s));
    }

    private NDArray left(Scope scope, NDArray a) {
      return cores.isPresent() ? scope.call("transpose", a) : a;
    }

    private NDArray right1(Scope scope) {
      return cores.map(core -> scope.call("tucker_rows", core.t1(), b1)).orElse(b1);
    }

    private NDArray right2(Scope scope) {
      return cores.map(core -> scope.call("tucker_rows", core.t2(), b2)).orElse(b2);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(dropout.changed(pass, module, update(pass.scope())));
    }

    @Override
    public Optional<LowRank> plain(Pass pass) {
      Scope scope = pass.scope();
      NDArray a = scope.call("loha_rows", right1(scope), right2(scope));
      NDArray b = scope.call("loha_columns", left(scope, a1), left(scope, a2));
      return Optional.of(new LowRank(a, b, s));
    }

    @Override
    public Optional<NDArray> singularValues(Scope scope) {
      return Optional.of(scope.call("singular_values", update(scope)));
    }

    @Override
    public OptionalDouble scale() {
      return OptionalDouble.of(s);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("hada_w1_a", a1);
      tensors.put("hada_w1_b", b1);
      tensors.put("hada_w2_a", a2);
      tensors.put("hada_w2_b", b2);
      cores.ifPresent(
          core -> {
            tensors.put("hada_t1", core.t1());
            tensors.put("hada_t2", core.t2());
          });
      return tensors;
    }
  }
}
