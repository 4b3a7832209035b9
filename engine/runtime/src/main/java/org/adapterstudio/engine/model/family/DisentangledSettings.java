package org.adapterstudio.engine.model.family;

import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.model.part.DisentangledAttention;
import org.adapterstudio.engine.model.part.Norm;
import org.adapterstudio.engine.model.part.Projections;
import org.adapterstudio.engine.model.part.RelativePositions;
import org.adapterstudio.engine.model.pass.Linear;

/** Attention over distances, as a DeBERTa config describes it. */
final class DisentangledSettings {
  private DisentangledSettings() {}

  /** The attention of the layer whose query, key and value are given. */
  static DisentangledAttention of(
      Settings settings, Projections.Separate tokens, Linear output, int headSize, String at) {
    List<String> products = settings.words("distance_products");
    boolean asKeys = products.contains("c2p");
    boolean asQueries = products.contains("p2c");
    if (!asKeys && !asQueries) {
      throw settings.wrong(settings.field("distance_products"), "names neither c2p nor p2c");
    }
    boolean shared = settings.flag("shared_positions");
    Linear key = shared ? tokens.key() : like(tokens.key(), settings, "position_key", at);
    Linear query = shared ? tokens.query() : like(tokens.query(), settings, "position_query", at);
    var positions =
        new DisentangledAttention.Positions(
            table(settings),
            asKeys ? Optional.of(key) : Optional.empty(),
            asQueries ? Optional.of(query) : Optional.empty(),
            shared);
    return new DisentangledAttention(tokens, output, headSize, positions);
  }

  private static RelativePositions table(Settings settings) {
    int furthest = atLeastOne(settings, "furthest_distance", settings.size("context"));
    int buckets = atLeastOne(settings, "distance_buckets", 0);
    int span = buckets > 0 ? buckets : furthest;
    int hidden = settings.size("hidden");
    boolean normed = settings.words("distance_norm").contains("layer_norm");
    Optional<Norm> norm =
        normed
            ? Optional.of(Norms.of(settings, settings.name("distance_norm"), hidden))
            : Optional.empty();
    var distances = new RelativePositions.Distances(span, buckets, furthest);
    return new RelativePositions(settings.name("distances"), hidden, distances, norm);
  }

  /** A size that older configs switch off by a number below one. */
  private static int atLeastOne(Settings settings, String key, int otherwise) {
    double given = settings.number(key, -1);
    return given < 1 ? otherwise : settings.size(key);
  }

  private static Linear like(Linear site, Settings settings, String name, String at) {
    return Linear.of(at + settings.name(name), site.in(), site.out(), true, site.layer());
  }
}
