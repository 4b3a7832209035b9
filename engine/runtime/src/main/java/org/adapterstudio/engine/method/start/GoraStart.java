package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * GoRA (arXiv:2502.12171): ranks go where |W o G| is large, G being the mean gradient of a few
 * batches, within the budget of the recipe's rank; A starts kaiming-uniform and B so that s B A =
 * -lr sqrt(in / r) G P, P the projector on A's rows: one step of full training as far as A reaches.
 * The base is untouched, so the first pass is not the base's. The minus is the reference's before
 * its last change; without it the first step goes uphill.
 */
public final class GoraStart implements Initializer {
  private final Map<String, NDArray> gradients = new HashMap<>();

  @Override
  public long held(Linear site) {
    return 4L * site.in() * site.out();
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    List<Linear> sites = at.targets();
    List<NDArray> all = at.calibration().gradients(at.owner(), sites);
    double[] importance = new double[sites.size()];
    try (Scope work = Triplets.work()) {
      for (int i = 0; i < sites.size(); i++) {
        gradients.put(sites.get(i).module(), all.get(i));
        try (NDArray w = at.weight(work, sites.get(i))) {
          importance[i] = work.call("start_importance", w, all.get(i)).getFloat();
        }
      }
    }
    return ranked(at, importance);
  }

  private static Recipe.Adapter ranked(Attachment at, double[] importance) {
    int least = at.knobs().whole("least_rank");
    int most = at.knobs().whole("most_rank");
    if (least > most) {
      throw StudioException.badInput(
          "adapter.knobs.least_rank is above adapter.knobs.most_rank.", "Raise the latter.");
    }
    Recipe.Adapter given = at.settings();
    double sum = DoubleStream.of(importance).sum();
    double budget = 0;
    for (Linear site : at.targets()) {
      budget += (site.in() + site.out()) * (double) given.rank();
    }
    var ranks = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < importance.length; i++) {
      Linear site = at.targets().get(i);
      double share = sum > 0 ? importance[i] / sum : 1.0 / importance.length;
      int rank = (int) (Math.rint(budget * share) / (site.in() + site.out()));
      int fits = Math.min(site.in(), site.out());
      ranks.put(site.module(), Math.clamp(rank, Math.min(least, fits), Math.min(most, fits)));
    }
    ranks.values().removeIf(rank -> rank.equals(given.rank()));
    return given.scaled(given.rank(), given.alpha(), ranks, given.alphaPattern());
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    NDArray a = at.kaimingUniform(site.module(), rank, site.in());
    double step = at.knobs().real("step") * Math.sqrt((double) site.in() / rank) / s;
    Scope owner = at.owner().unrecorded();
    try (NDArray gradient = gradients.remove(site.module())) {
      return new Start(a, owner.call("start_against", gradient, a, owner.scalar(-step)), false);
    }
  }
}
