package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * EVA (arXiv:2410.07170): A starts as the principal directions of what the layer reads, B as zero,
 * and ranks go where they explain most variance: of all layers' components the best sum(r) are
 * kept. The base is untouched. Principal components are gathered batch by batch until every
 * component that a layer needs stays in its direction (cosine at least tau).
 */
public final class EvaStart implements Initializer {
  /** Passes over the sample rows after which components that still turn are given up on. */
  private static final int MOST_PASSES = 50;

  private Map<String, NDArray> starts = new HashMap<>();

  @Override
  public Recipe.Adapter settle(Attachment at) {
    Calibration rows = at.calibration();
    double rho = at.knobs().real("rho");
    var wanted = new LinkedHashMap<Linear, Integer>();
    for (Linear site : at.targets()) {
      wanted.put(site, at.rank(site));
    }
    try (var components = new LayerComponents(rows, view(at), wanted, rho)) {
      int most = Math.max(100, MOST_PASSES * rows.batches());
      double tau = at.knobs().real("tau");
      for (int batch = 0; !components.settled(tau); batch++) {
        if (batch == most) {
          throw StudioException.badInput(
              "The directions that layers read have not settled after %d batches.".formatted(most),
              "Lower adapter.knobs.tau or adapter.knobs.rho, or give more calibration rows.");
        }
        components.read(batch);
      }
      starts = components.starts(at, at.knobs().flag("whiten"));
      return settled(at, components.ranks());
    }
  }

  private static Calibration.View view(Attachment at) {
    return new Calibration.View(at.knobs().flag("use_label_mask"), false);
  }

  private static Recipe.Adapter settled(Attachment at, Map<Linear, Integer> ranks) {
    Recipe.Adapter given = at.settings();
    boolean adjusted = at.knobs().flag("adjust_scaling_factors");
    var rankPattern = new LinkedHashMap<String, Integer>();
    var alphaPattern = new LinkedHashMap<String, Double>();
    ranks.forEach(
        (site, rank) -> {
          double alpha = at.alpha(site) * (adjusted ? (double) rank / at.rank(site) : 1);
          if (rank > 0 && rank != given.rank()) {
            rankPattern.put(site.module(), rank);
          }
          if (rank > 0 && alpha != given.alpha()) {
            alphaPattern.put(site.module(), alpha);
          }
        });
    Recipe.Adapter scaled = given.scaled(given.rank(), given.alpha(), rankPattern, alphaPattern);
    List<String> kept =
        ranks.keySet().stream().filter(site -> ranks.get(site) > 0).map(Linear::module).toList();
    return kept.size() == ranks.size() ? scaled : scaled.targeting(Json.tree(kept));
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    return new Start(starts.remove(site.module()), at.zeros(site.out(), rank), false);
  }
}
