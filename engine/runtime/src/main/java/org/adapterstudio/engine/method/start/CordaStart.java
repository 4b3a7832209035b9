package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * CorDA (arXiv:2406.05223): W C = U D V with C the covariance of what the layer reads, so that U D
 * (V C^-1) = W orders the components of W by what the sample rows use. "ipm" trains the first r of
 * them, "kpm" the last r; s B0 A0 is taken out of the base. Each row's inputs are divided by the
 * magnitude of their largest (not their largest-magnitude) number, as the reference does. C is
 * damped by 0.01 of its mean diagonal, and by twice as much until it can be inverted.
 */
public final class CordaStart implements Initializer {
  private static final int MOST_DOUBLINGS = 40;

  private final Map<String, NDArray> covariances = new HashMap<>();

  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.in();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    Calibration rows = at.calibration();
    for (Linear site : at.targets()) {
      covariances.put(site.module(), at.zeros(site.in(), site.in()));
    }
    var counts = new HashMap<String, Integer>();
    var each = new Calibration.View(false, true);
    try (Scope work = Triplets.work()) {
      for (int batch = 0; batch < rows.batches(); batch++) {
        rows.inputs(
            at.targets(),
            batch,
            each,
            (site, x) -> {
              work.call("start_covariance", covariances.get(site.module()), x).close();
              counts.merge(site.module(), 1, Integer::sum);
            });
      }
      counts.forEach(
          (module, count) ->
              work.call("start_shrink", covariances.get(module), work.scalar(1.0 / count)).close());
    }
    return at.settings();
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Triplets.work();
        NDArray covariance = covariances.remove(site.module())) {
      List<NDArray> metric = metric(work, site, covariance);
      var parts =
          work.callAll(
              "start_in_metric", List.of(), at.weight(work, site), metric.get(0), metric.get(1));
      var all = new Triplets(parts.get(0), parts.get(1), parts.get(2));
      boolean learn = at.knobs().text("corda_method").equals("ipm");
      return all.from(work, learn ? 0 : all.count() - rank, rank).takenOut(at, s);
    }
  }

  /** The damped covariance and its inverse. */
  private static List<NDArray> metric(Scope work, Linear site, NDArray covariance) {
    double damping = 0.01;
    for (int i = 0; i < MOST_DOUBLINGS; i++) {
      var tried = work.callAll("start_damped_inverse", List.of(), covariance, work.scalar(damping));
      if (tried.get(2).getFloat() < 0.05) {
        return tried;
      }
      damping *= 2;
    }
    throw StudioException.badInput(
        "What %s reads in the sample rows has no covariance to decompose.".formatted(site.module()),
        "Give more sample rows, or other ones.");
  }
}
