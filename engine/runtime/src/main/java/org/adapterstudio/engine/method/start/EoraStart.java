package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * EoRA (arXiv:2410.21271): what quantizing lost, E = W - W', repaired where the layer's inputs are:
 * with C = mean x x^T = Q L Q^T and E Q sqrt(L) = U D V, s B A = U_r D_r V_r L^-1/2 Q^T leaves the
 * least sum of |(E - s B A) x|^2. Eigenvalues within rounding of zero are left out. Inputs are
 * those of the quantized base. With num_train_epochs 0 the repair is the result, without training.
 */
public final class EoraStart implements Initializer {
  private final Map<String, NDArray> covariances = new HashMap<>();
  private Unquantized files;

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.in();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    Calibration rows = at.calibration();
    files = Unquantized.of(at);
    for (Linear site : at.targets()) {
      covariances.put(site.module(), at.zeros(site.in(), site.in()));
    }
    var together = new Calibration.View(false, false);
    try (Scope work = Triplets.work()) {
      for (int batch = 0; batch < rows.batches(); batch++) {
        rows.inputs(
            at.targets(),
            batch,
            together,
            (site, x) ->
                work.call("start_second_moment", covariances.get(site.module()), x).close());
      }
    }
    return at.settings();
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Unquantized open = files;
        Scope work = Triplets.work();
        NDArray covariance = covariances.remove(site.module())) {
      NDArray lost = open.lost(work, at, site);
      var parts = work.callAll("start_in_eigenspace", List.of(), lost, covariance);
      var all = new Triplets(parts.get(0), parts.get(1), parts.get(2));
      Start repair = all.from(work, 0, rank).takenOut(at, s);
      return new Start(repair.a(), repair.b(), false);
    }
  }
}
