package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Hydra (arXiv:2309.06922): two thin branches, one beside the layer and one behind it. With z = W x
 * + b: y = z + s (Bp (Ap x + cp) + dp) + s (Bs (As z + cs) + ds). The down matrices start
 * xavier-uniform, the rest zero. Given W and without a bias it is exactly a LoRA of rank rp + rs.
 */
public final class Hydra implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings,
        network,
        (knobs, site) -> {
          long p = TargetSelection.rank(settings, network, site);
          long q = knobs.whole("sequential_rank");
          long biases = knobs.flag("biases") ? p + q + 2L * site.out() : 0;
          return p * (site.in() + site.out()) + 2 * q * site.out() + biases;
        });
  }

  /**
   * A branch.
   *
   * @param c added after the down matrix [r]; empty without biases
   * @param d added after the up matrix [out]
   */
  private record Branch(NDArray a, NDArray b, Optional<NDArray> c, Optional<NDArray> d) {
    static Branch start(Attachment at, Linear site, String name, int in, int rank) {
      double bound = Math.sqrt(6.0 / (in + rank));
      var random = at.random(site.module() + "." + name);
      var values = new float[rank * in];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      boolean biases = at.flag("biases");
      return new Branch(
          at.owner().floats(values, rank, in),
          at.zeros(site.out(), rank),
          biases ? Optional.of(at.zeros(rank)) : Optional.empty(),
          biases ? Optional.of(at.zeros(site.out())) : Optional.empty());
    }

    /** y + s (B (A x + c) + d) */
    NDArray added(Scope scope, NDArray x, NDArray y, double s) {
      NDArray scale = scope.scalar(s);
      return c.isPresent()
          ? scope.call("hydra_branch_bias", x, y, a, b, scale, c.get(), d.get())
          : scope.call("lora", x, y, a, b, scale);
    }

    void name(SequencedMap<String, NDArray> tensors, String kind) {
      tensors.put("hydra_" + kind + "_A.weight", a);
      tensors.put("hydra_" + kind + "_B.weight", b);
      c.ifPresent(bias -> tensors.put("hydra_" + kind + "_A.bias", bias));
      d.ifPresent(bias -> tensors.put("hydra_" + kind + "_B.bias", bias));
    }
  }

  /**
   * One layer.
   *
   * @param beside fed by the layer's input
   * @param behind fed by the layer's output
   */
  private record Layer(Place place, Branch beside, Branch behind, double s)
      implements TrainedLayer {
    static Layer start(Attachment at, Linear site) {
      int after = at.knobs().whole("sequential_rank");
      return new Layer(
          Place.of(at, site),
          Branch.start(at, site, "parallel", site.in(), at.rank(site)),
          Branch.start(at, site, "sequential", site.out(), after),
          at.knobs().real("scale"));
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray z = pass.frozen(site, x);
      NDArray y = beside.added(scope, place.seen(pass, x), z, s);
      return behind.added(scope, z, y, s);
    }

    /** B = [Bp, Bs] and A = [Ap; As W]. */
    private LowRank equal(Scope scope) {
      NDArray after = scope.call("matrix_product", behind.a(), place.weight(scope));
      NDArray rows = scope.call("stacked_rows", beside.a(), after);
      NDArray columns = scope.call("columns_beside", beside.b(), behind.b());
      return new LowRank(rows, columns, s);
    }

    @Override
    public Optional<LowRank> plain(Pass pass) {
      return biasChange(pass).isPresent() ? Optional.empty() : Optional.of(equal(pass.scope()));
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      LowRank pair = equal(pass.scope());
      NDArray scale = pass.scope().scalar(s);
      return Optional.of(pass.scope().call("low_rank_product", pair.a(), pair.b(), scale));
    }

    /** What a zero input would be answered with, less b. */
    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      Linear site = place.site();
      if (beside.c().isEmpty() && !site.hasBias()) {
        return Optional.empty();
      }
      Scope scope = pass.scope();
      NDArray b =
          site.hasBias()
              ? scope.call("to_float32", pass.parameter(site.bias()))
              : scope.zeros(site.out());
      NDArray y = beside.added(scope, scope.zeros(1, site.in()), scope.call("one_row", b), s);
      NDArray all = behind.added(scope, scope.call("one_row", b), y, s);
      return Optional.of(scope.call("subtract", scope.call("flat", all), b));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      beside.name(tensors, "parallel");
      behind.name(tensors, "sequential");
      return tensors;
    }
  }
}
