package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Recoding;
import org.adapterstudio.engine.method.Taken;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * DoRA (arXiv:2402.09353): each row of V = W + s B A is brought to a trained length m_o, which
 * starts as the length of the row of W. With n the lengths of V, a constant on the way back
 * (section 4.3 of the paper), and g = m / n: y = W x + b + (g - 1) o (W x) + g o s B A x. The bias
 * is not rescaled. While inputs are dropped, the correction (g - 1) o (W x) sees the dropped input
 * too. Where a start takes s B0 A0 out of the base, V = W - s B0 A0 + s B A, and m_o are the
 * lengths of what the start leaves, as PEFT has it.
 */
public final class Dora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
    Initializer.Start start = at.initializer().start(at, site, rank, s);
    var beneath = new Beneath(Taken.of(at, start), start.recoding());
    NDArray m = at.start().stored() ? at.zeros(site.out()) : lengths(at, site, start, beneath, s);
    return new Layer(site, start.a(), start.b(), m, s, at.settings().dropout(), beneath);
  }

  /** Lengths of the rows that a start leaves. */
  private static NDArray lengths(
      Attachment at, Linear site, Initializer.Start start, Beneath beneath, double s) {
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray w =
          start.recoding().map(coded -> coded.decoded(work)).orElseGet(() -> at.weight(work, site));
      LowRank whole = beneath.whole(work, new LowRank(start.a(), start.b(), s));
      return at.owner().adopt(work.call("dora_lengths", w, whole.a(), whole.b(), work.scalar(s)));
    }
  }

  /** What a start did to the base under a layer. */
  private record Beneath(Optional<Taken> taken, Optional<Recoding> recoding) {
    /** The update of W itself. */
    private LowRank whole(Scope scope, LowRank trained) {
      return taken
          .map(
              start ->
                  new LowRank(
                      scope.call("stacked_rows", trained.a(), start.a()),
                      scope.call("beside_negative", trained.b(), start.b()),
                      trained.s()))
          .orElse(trained);
    }

    /** W x without what was taken out. */
    private NDArray rest(Scope scope, NDArray x, NDArray y, double s) {
      return taken
          .map(start -> scope.call("lora", x, y, start.a(), start.b(), scope.scalar(-s)))
          .orElse(y);
    }
  }

  /** A, B and m of one layer. */
  private record Layer(
      Linear site, NDArray a, NDArray b, NDArray m, double s, double dropout, Beneath beneath)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear at, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = beneath.rest(scope, x, pass.frozen(site, x), s);
      boolean still = dropout == 0 || pass.draw().isEmpty();
      NDArray in = still ? x : dropped(pass, x);
      NDArray product =
          still ? unshifted(pass, y) : beneath.rest(scope, in, pass.frozen(withoutBias(), in), s);
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
        LowRank whole = beneath.whole(work, new LowRank(a, b, s));
        return work.call("dora_lengths", rows(work, w), whole.a(), whole.b(), work.scalar(s));
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
        LowRank whole = beneath.whole(scope, new LowRank(a, b, s));
        return Optional.of(
            scope.call("dora_change", rows(scope, w), n, m, whole.a(), whole.b(), scope.scalar(s)));
      }
    }

    @Override
    public OptionalDouble scale() {
      return OptionalDouble.of(s);
    }

    @Override
    public Optional<Recoding> recoding() {
      return beneath.recoding();
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      Taken.keep(kept, beneath.taken(), beneath.recoding());
      return kept;
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
