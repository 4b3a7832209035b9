package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LoRA-SB (arXiv:2411.19557) for LoRA-XS: with the mean gradient G of a few batches and D = -eta
 * sign(G), the first step that Adam would make, D = U S V cut to r gives the frozen frame B = U_r,
 * A = V_r and the start R = S_r. Alpha is set to the rank, so that s = 1. The base is untouched:
 * the first pass is not the base's but that step's, as far as r directions carry it.
 */
public final class LoraSbStart implements Initializer {
  private final Map<String, NDArray> gradients = new HashMap<>();

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.out();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    List<NDArray> all = at.calibration().gradients(at.owner(), at.targets());
    Recipe.Adapter given = at.settings();
    var alphas = new LinkedHashMap<String, Double>();
    for (int i = 0; i < all.size(); i++) {
      Linear site = at.targets().get(i);
      gradients.put(site.module(), all.get(i));
      if (at.rank(site) != given.rank()) {
        alphas.put(site.module(), (double) at.rank(site));
      }
    }
    return given.scaled(given.rank(), given.rank(), given.rankPattern(), alphas);
  }

  /** A0 = S_r V_r, its rows' lengths being R. */
  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Triplets.work();
        NDArray gradient = gradients.remove(site.module())) {
      NDArray eta = work.scalar(-at.knobs().real("eta"));
      Triplets top =
          Triplets.of(work, work.call("start_signed", gradient, eta)).from(work, 0, rank);
      Scope owner = at.owner().unrecorded();
      return new Start(
          owner.call("start_row_times", top.v(), top.d()),
          owner.call("start_times", top.u(), owner.scalar(1)),
          false);
    }
  }
}
