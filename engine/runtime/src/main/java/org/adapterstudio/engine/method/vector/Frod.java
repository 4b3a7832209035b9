package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * FRoD: W is written as U diag(l) V^T with V [in, in] shared by the layers of one kind (the last
 * two parts of their names) and U [out, in] each layer's own, columns of length 1. Trained are l
 * [in] and the values of a sparse S whose places off the diagonal the layers of a kind share: W' =
 * U (S + diag(l)) V^T. S starts at zero, so W' is W up to rounding. V comes from a joint
 * decomposition of the weights of a kind, places from PyTorch's stream of projection_prng_key; a
 * file holds both. U is never stored: it follows from W and V.
 */
public final class Frod implements Method {
  /** What layers of one kind share: V [in, in] and the places [2, n] of S. */
  private record Kind(NDArray v, NDArray places) {}

  @Override
  public Attached attach(Attachment at) {
    var members = new TreeMap<String, List<Linear>>();
    for (Linear site : at.targets()) {
      members.computeIfAbsent(kind(at.base().network(), site), _ -> new ArrayList<>()).add(site);
    }
    var kinds = new LinkedHashMap<String, Kind>();
    var shared = Shared.none();
    Autograd.seed(at.knobs().whole("projection_prng_key"));
    members.forEach((name, sites) -> kinds.put(name, made(at, sites)));
    kinds.forEach(
        (name, kind) -> {
          int in = members.get(name).getFirst().in();
          NDArray size = at.owner().floats(new float[] {in, in}, 2);
          shared.keeps("frod_V." + name, Kept.of(kind.v()));
          shared.keeps("frod_s_indices." + name, new Kept(kind.places(), "I64", false));
          shared.keeps("frod_s_size." + name, new Kept(size, "I64", false));
        });
    return Attached.each(
            at, site -> new Layer(at, site, kinds.get(kind(at.base().network(), site))))
        .with(shared);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    double share = Method.knobs(settings).real("sparse_rate");
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> site.in() + places(site.in(), share))
            .sum());
  }

  /** As PEFT tells kinds apart. */
  private static String kind(Network network, Linear site) {
    String[] parts = network.inMemory(site.module()).split("\\.");
    String last = parts[parts.length - 1];
    if (parts.length == 1 || parts[parts.length - 2].matches("\\d+")) {
      return last;
    }
    String kind = parts[parts.length - 2] + "_" + last;
    boolean output = parts.length > 2 && parts[parts.length - 3].equals("attention");
    return output && kind.equals("output_dense") ? "attention_output" : kind;
  }

  private static long places(int in, double share) {
    long all = (long) in * (in - 1);
    long wanted = Math.min((long) ((double) in * in * share), all);
    return share > 0 && all > 0 ? Math.max(1, wanted) : wanted;
  }

  private static Kind made(Attachment at, List<Linear> sites) {
    int in = sites.getFirst().in();
    if (sites.stream().anyMatch(site -> site.in() != in)) {
      throw StudioException.badInput(
          "adapter.target_modules: FRoD shares one matrix over layers such as %s, whose inputs differ."
              .formatted(sites.getFirst().module()),
          "Choose targets so that layers of one name have inputs of one size.");
    }
    Scope owner = at.owner().unrecorded();
    long count = places(in, at.knobs().real("sparse_rate"));
    try (Scope work = Kernels.get().unrecorded()) {
      var weights = sites.stream().map(site -> at.weight(work, site)).toList();
      NDArray alpha = work.scalar(at.knobs().real("regularization_alpha"));
      NDArray v = at.owner().adopt(work.callLists("frod_shared", List.of(weights), alpha));
      return new Kind(v, owner.call("frod_places", owner.sizes(in, count)));
    }
  }

  /** One layer's trained values, and its U once it was needed. */
  private static final class Layer implements TrainedLayer {
    private final Attachment at;
    private final Linear site;
    private final Kind kind;
    private final NDArray l;
    private final NDArray values;
    private NDArray u;

    Layer(Attachment at, Linear site, Kind kind) {
      this.at = at;
      this.site = site;
      this.kind = kind;
      this.values = at.zeros(kind.places().getShape().get(1));
      try (Scope work = Kernels.get().unrecorded()) {
        this.l = at.owner().adopt(parts(work).get(1));
      }
    }

    /** [U, l] of W over V as it is now. */
    private List<NDArray> parts(Scope work) {
      return work.callAll("frod_parts", List.of(), kind.v(), at.weight(work, site));
    }

    /** Not before the first pass: a stored V may have taken the place of the one made here. */
    private NDArray u() {
      if (u == null) {
        try (Scope work = Kernels.get().unrecorded()) {
          u = at.owner().adopt(parts(work).getFirst());
        }
      }
      return u;
    }

    private NDArray inner(Scope scope) {
      return scope.call("frod_inner", kind.places(), values, l);
    }

    @Override
    public NDArray forward(Pass pass, Linear adapted, NDArray x) {
      double dropout = at.settings().dropout();
      if (dropout > 0 && pass.draw().isPresent()) {
        return dropped(pass, x, dropout);
      }
      Scope scope = pass.scope();
      NDArray h = scope.call("frod", x, u(), kind.v(), inner(scope));
      NDArray y = scope.call("frod_finished", h, x);
      return site.hasBias() ? scope.call("update_added", y, pass.parameter(site.bias())) : y;
    }

    /** The change alone sees the dropped input. */
    private NDArray dropped(Pass pass, NDArray x, double dropout) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      Autograd.seed(pass.draw().orElseThrow().seedFor(site.module(), "dropout"));
      NDArray in = scope.call("update_dropped", x, scope.scalar(dropout));
      NDArray moved = scope.call("update_dense", in, change(pass).orElseThrow());
      return scope.call("update_added", y, moved);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      NDArray w = scope.call("frod_weight", u(), kind.v(), inner(scope));
      return Optional.of(scope.call("subtract", w, at.weight(scope.unrecorded(), site)));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("frod_lambda_l", l);
      tensors.put("frod_lambda_s_values", values);
      return tensors;
    }
  }
}
