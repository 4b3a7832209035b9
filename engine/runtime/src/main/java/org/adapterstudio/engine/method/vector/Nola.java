package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TorchStream;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * NOLA (arXiv:2310.02556): each factor is a trained combination of k frozen random matrices: A = A0
 * + sum_i a_i A_i, B = sum_j c_j B_j, dW = s B A, s = alpha / r. A0 kaiming-uniform, A_i and B_j
 * U(-1, 1), a and c zero at first. All random numbers follow from basis_seed, so a file holds 2 k
 * numbers a layer whatever its size. Layers of one size share their bases, to save memory.
 */
public final class Nola implements Method {
  @Override
  public Attached attach(Attachment at) {
    var bases = new HashMap<String, NDArray>();
    return Attached.each(at, site -> layer(at, site, bases));
  }

  private static TrainedLayer layer(Attachment at, Linear site, Map<String, NDArray> bases) {
    int rank = at.rank(site);
    int count = at.knobs().whole("num_basis");
    double s = at.alpha(site) / rank;
    NDArray start =
        stream(at, "start " + site.module()).uniform(1 / Math.sqrt(site.in()), rank, site.in());
    NDArray ofA =
        bases.computeIfAbsent(
            "A %d x %d".formatted(rank, site.in()),
            name -> stream(at, name).uniform(1, count, rank, site.in()));
    NDArray ofB =
        bases.computeIfAbsent(
            "B %d x %d".formatted(site.out(), rank),
            name -> stream(at, name).uniform(1, count, site.out(), rank));
    NDArray a = at.zeros(count);
    NDArray c = at.zeros(count);
    return new FactoredLayer(at, site, scope -> update(scope, start, ofA, ofB, a, c, s))
        .trains("nola_a", a)
        .trains("nola_c", c);
  }

  private static TorchStream stream(Attachment at, String name) {
    long seed = new Draw(at.knobs().whole("basis_seed"), 0, 0).seedFor(name, "nola");
    return new TorchStream(at.owner(), seed);
  }

  private static LowRank update(
      Scope scope, NDArray start, NDArray ofA, NDArray ofB, NDArray a, NDArray c, double s) {
    NDArray moved = scope.call("factor_combined", a, ofA);
    return new LowRank(scope.call("add", start, moved), scope.call("factor_combined", c, ofB), s);
  }
}
