package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * GraLoRA (arXiv:2505.20355): the layer is cut into k x k blocks, each with a low-rank update of
 * its own of rank r / k. Input block i has A_i [in / k, r], output block j B_j [r, out / k]; part j
 * of the rank of A_i meets part i of B_j. hybrid_r adds a plain LoRA over the whole layer. s =
 * alpha / (r + hybrid_r). Written as a plain LoRA its rank is k r + hybrid_r.
 */
public final class GraLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int k = at.knobs().whole("gralora_k");
    int rank = at.rank(site);
    check(site, k, rank);
    int hybrid = at.knobs().whole("hybrid_r");
    var general = Optional.<LowRank>empty();
    if (hybrid > 0) {
      NDArray a = at.kaimingUniform(site.module() + ".general", hybrid, site.in());
      general = Optional.of(new LowRank(a, at.zeros(site.out(), hybrid), 1));
    }
    return new Layer(
        site.module(),
        blocks(at, site, k, rank),
        at.zeros(k, rank, site.out() / k),
        general,
        at.alpha(site) / (rank + hybrid),
        at.settings().dropout());
  }

  private static void check(Linear site, int k, int rank) {
    if (site.in() % k != 0 || site.out() % k != 0 || rank % k != 0) {
      throw StudioException.badInput(
          "adapter.knobs.gralora_k: %d does not divide the rank %d and the layer %s of %d x %d."
              .formatted(k, rank, site.module(), site.out(), site.in()),
          "Use a common divisor of the rank and the layers' sizes.");
    }
  }

  /** Each block kaiming-uniform over its own inputs. */
  private static NDArray blocks(Attachment at, Linear site, int k, int rank) {
    int in = site.in() / k;
    RandomGenerator random = at.random(site.module());
    double bound = 1 / Math.sqrt(in);
    float[] numbers = new float[k * in * rank];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return at.owner().floats(numbers, k, in, rank);
  }

  /** The blocks' factors of one layer, and what spans all of it. */
  private record Layer(
      String module, NDArray a, NDArray b, Optional<LowRank> general, double s, double dropout)
      implements Factored {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      NDArray in = x;
      if (!still(pass)) {
        Autograd.seed(pass.draw().orElseThrow().seedFor(module, "dropout"));
        in = scope.call("update_dropped", x, scope.scalar(dropout));
      }
      NDArray u = scope.call("scale", scope.call("gralora", in, a, b), scope.scalar(s));
      NDArray local = scope.call("update_added", y, u);
      if (general.isEmpty()) {
        return local;
      }
      return scope.call("lora", in, local, general.get().a(), general.get().b(), scope.scalar(s));
    }

    /** Written out the blocks are mostly zeros, so the pass multiplies them as they are. */
    @Override
    public Optional<LowRank> lowRank(Pass pass) {
      return Optional.empty();
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray rows = scope.call("gralora_a", a);
      NDArray columns = scope.call("gralora_b", b);
      return general
          .map(
              wide ->
                  new LowRank(
                      scope.call("stacked_rows", rows, wide.a()),
                      scope.call("gralora_beside", columns, wide.b()),
                      s))
          .orElse(new LowRank(rows, columns, s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("gralora_A", a);
      tensors.put("gralora_B", b);
      general.ifPresent(
          wide -> {
            tensors.put("gralora_A_general.weight", wide.a());
            tensors.put("gralora_B_general.weight", wide.b());
          });
      return tensors;
    }
  }
}
