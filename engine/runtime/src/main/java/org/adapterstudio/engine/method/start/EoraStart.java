package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * EoRA (arXiv:2410.21271): what quantizing lost, E = W - W', repaired where the layer's inputs are:
 * with C = mean x x^T = Q L Q^T and E Q sqrt(L) = U D V, s B A = U_r D_r V_r L^-1/2 Q^T leaves the
 * least sum of |(E - s B A) x|^2. Eigenvalues within rounding of zero are left out. Layers follow
 * in depth order: what one reads comes from the quantized base with all layers before it repaired.
 * Layers that read the same are repaired together. With num_train_epochs 0 the repair is the
 * result, without training.
 */
public final class EoraStart implements Initializer {
  private final Map<String, Start> repairs = new HashMap<>();

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.in();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    Unquantized.require(at);
    Calibration rows = at.calibration();
    var repaired = new LinkedHashMap<String, LowRank>();
    int read = 0;
    for (List<Linear> together : groups(at, rows)) {
      try (Scope work = Triplets.work()) {
        NDArray moment = moment(rows.through(repaired), together.getFirst(), read, work);
        read += rows.batches();
        for (Linear site : together) {
          double s = scale(at, site);
          Start repair = repair(at, site, moment, s);
          repairs.put(site.module(), repair);
          repaired.put(site.module(), new LowRank(repair.a(), repair.b(), s));
        }
      }
    }
    return at.settings();
  }

  /** Layers that read the same numbers, in depth order. */
  private static List<List<Linear>> groups(Attachment at, Calibration rows) {
    SequencedMap<List<Long>, List<Linear>> groups = new LinkedHashMap<>();
    rows.inputs(
        at.targets(),
        0,
        Calibration.View.EVERYTHING,
        (site, x) -> groups.computeIfAbsent(Fingerprint.of(x), _ -> new ArrayList<>()).add(site));
    return List.copyOf(groups.values());
  }

  /**
   * Sum of x x^T over all that a layer reads.
   *
   * @param from number of the first batch, all that were read before counted
   */
  private static NDArray moment(Calibration rows, Linear site, int from, Scope work) {
    NDArray moment = work.zeros(site.in(), site.in());
    for (int batch = from; batch < from + rows.batches(); batch++) {
      rows.inputs(
          List.of(site),
          batch,
          Calibration.View.EVERYTHING,
          (_, x) -> work.call("start_second_moment", moment, x).close());
    }
    return moment;
  }

  private static double scale(Attachment at, Linear site) {
    int rank = at.rank(site);
    return at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
  }

  private static Start repair(Attachment at, Linear site, NDArray moment, double s) {
    try (Scope work = Triplets.work()) {
      NDArray lost = Unquantized.lost(work, at, site);
      var parts = work.callAll("start_in_eigenspace", List.of(), lost, moment);
      var all = new Triplets(parts.get(0), parts.get(1), parts.get(2));
      Start repair = all.from(work, 0, at.rank(site)).takenOut(at, s);
      return new Start(repair.a(), repair.b(), false);
    }
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    return repairs.remove(site.module());
  }
}
