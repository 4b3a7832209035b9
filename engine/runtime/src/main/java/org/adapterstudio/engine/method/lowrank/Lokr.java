package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.method.KnobValues;
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
import org.adapterstudio.engine.model.pass.Pass;

/**
 * LoKr (arXiv:2309.14859): dW = s kron(w1, w2), w1 [l, m] small, w2 [k, n] large, out = l k and in
 * = m n. Where the rank is below half of a factor's larger side, w2 is a product w2a w2b; w1 too
 * with decompose_both. s = alpha / r even where both are whole, as PEFT has it (LyCORIS takes 1
 * then).
 *
 * <p>Of a kernel the channels alone are factored; w2 holds its points, or a core does between [r,
 * k] and [r, n].
 */
public final class Lokr implements Method {
  @Override
  public Attached attach(Attachment at) {
    var dropout =
        new UpdateDropout(
            at.settings().dropout(),
            at.flag("rank_dropout_scale"),
            at.knobs().real("module_dropout"));
    return Attached.each(at, site -> layer(at, site, dropout));
  }

  @Override
  public boolean takes(Linear site) {
    return !(site.form() instanceof Linear.Lookup);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    KnobValues knobs = Method.knobs(settings);
    return OptionalLong.of(
        targets(settings, network).stream()
            .map(site -> Sizes.of(site, TargetSelection.rank(settings, network, site), knobs))
            .mapToLong(Sizes::count)
            .sum());
  }

  /**
   * Sizes of one layer's factors.
   *
   * @param whole1 whether w1 is trained whole
   * @param whole2 whether w2 is
   * @param points of a kernel; one of what is none
   * @param core whether a core holds them
   */
  record Sizes(
      int l,
      int m,
      int k,
      int n,
      int rank,
      boolean whole1,
      boolean whole2,
      int points,
      boolean core) {
    static Sizes of(Linear site, int rank, KnobValues knobs) {
      int factor = knobs.whole("decompose_factor");
      int[] out = factored(site.out(), factor);
      int points = Loha.points(site);
      int[] in = factored(site.in() / points, factor);
      boolean both = knobs.flag("decompose_both");
      boolean whole1 = !both || 2 * rank >= Math.max(out[0], in[0]);
      boolean whole2 = 2 * rank >= Math.max(out[1], in[1]);
      boolean core = !whole2 && points > 1 && knobs.flag(Loha.CORES);
      return new Sizes(out[0], in[0], out[1], in[1], rank, whole1, whole2, points, core);
    }

    long count() {
      long first = whole1 ? (long) l * m : (long) rank * (l + m);
      if (core) {
        return first + (long) rank * (k + n) + (long) rank * rank * points;
      }
      return first + (whole2 ? (long) k * n * points : (long) rank * (k + n * points));
    }
  }

  /**
   * A size as two factors: the wanted one first where it divides, else the most even pair whose
   * smaller is not above it (-1: no bound), smaller first.
   */
  public static int[] factored(int size, int wanted) {
    if (wanted > 0 && size % wanted == 0) {
      return new int[] {wanted, size / wanted};
    }
    int bound = wanted == -1 ? size : wanted;
    int smaller = 1;
    for (int i = 2; i <= Math.min(bound, (int) Math.sqrt(size)); i++) {
      smaller = size % i == 0 ? i : smaller;
    }
    return new int[] {smaller, size / smaller};
  }

  private static TrainedLayer layer(Attachment at, Linear site, UpdateDropout dropout) {
    Sizes sizes = Sizes.of(site, at.rank(site), at.knobs());
    String module = site.module();
    int rank = sizes.rank();
    var tensors = new LinkedHashMap<String, NDArray>();
    if (sizes.whole1()) {
      tensors.put("lokr_w1", at.zeros(sizes.l(), sizes.m()));
    } else {
      tensors.put("lokr_w1_a", at.zeros(sizes.l(), rank));
      tensors.put("lokr_w1_b", at.kaimingUniform(module + ".lokr_w1_b", rank, sizes.m()));
    }
    if (sizes.whole2()) {
      tensors.put("lokr_w2", whole(at, site, sizes));
    } else if (sizes.core()) {
      tensors.put("lokr_t2", Loha.core(at, site, ".lokr_t2", rank));
      tensors.put("lokr_w2_a", at.kaimingUniform(module + ".lokr_w2_a", rank, sizes.k()));
      tensors.put("lokr_w2_b", at.kaimingUniform(module + ".lokr_w2_b", rank, sizes.n()));
    } else {
      int columns = sizes.n() * sizes.points();
      tensors.put("lokr_w2_a", at.kaimingUniform(module + ".lokr_w2_a", sizes.k(), rank));
      tensors.put("lokr_w2_b", at.kaimingUniform(module + ".lokr_w2_b", rank, columns));
    }
    return new Layer(module, tensors, at.alpha(site) / rank, dropout);
  }

  /** w2 as it is stored: of a kernel with its points. */
  private static NDArray whole(Attachment at, Linear site, Sizes sizes) {
    int columns = sizes.n() * sizes.points();
    NDArray flat = at.kaimingUniform(site.module() + ".lokr_w2", sizes.k(), columns);
    return site.form() instanceof Linear.Window(_, Linear.Sides kernel, _, _, _)
        ? flat.reshape(sizes.k(), sizes.n(), kernel.height(), kernel.width())
        : flat;
  }

  /** The factors of one layer. */
  private record Layer(
      String module, SequencedMap<String, NDArray> tensors, double s, UpdateDropout dropout)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      return dropout.added(
          pass,
          module,
          pass.frozen(site, x),
          () -> scope.call("lokr", x, factor(scope, 1), factor(scope, 2), scope.scalar(s)));
    }

    /** w1 or w2, multiplied out where it is a product. */
    private NDArray factor(Scope scope, int which) {
      String name = "lokr_w" + which;
      NDArray whole = tensors.get(name);
      if (whole != null) {
        return scope.call("in_matrix", whole);
      }
      NDArray a = tensors.get(name + "_a");
      NDArray b = tensors.get(name + "_b");
      NDArray core = tensors.get("lokr_t" + which);
      return core == null
          ? scope.call("factor_product", a, b)
          : scope.call(
              "factor_product", scope.call("transpose", a), scope.call("tucker_rows", core, b));
    }

    private NDArray update(Scope scope) {
      return scope.call("lokr_update", factor(scope, 1), factor(scope, 2), scope.scalar(s));
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(dropout.changed(pass, module, update(pass.scope())));
    }

    @Override
    public OptionalDouble scale() {
      return OptionalDouble.of(s);
    }

    @Override
    public Optional<NDArray> singularValues(Scope scope) {
      return Optional.of(scope.call("singular_values", update(scope)));
    }
  }
}
