package org.adapterstudio.engine.model.family;

import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.engine.model.part.LearnedPositions;
import org.adapterstudio.engine.model.part.SoundEmbedding;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds what turns tokens into the first stream. */
final class EmbeddingBuilder {
  private EmbeddingBuilder() {}

  /** The token embedding of a config. */
  static TokenEmbedding tokens(Settings settings) {
    int hidden = settings.size("hidden");
    int size = settings.size("embedding_size", hidden);
    boolean scaled = settings.text("embedding_scale", "").equals("root_of_hidden");
    Optional<Linear> projection =
        size == hidden
            ? Optional.empty()
            : Optional.of(Linear.of(settings.name("project_in"), size, hidden, false, -1));
    return new TokenEmbedding(
        settings.name("embedding"),
        settings.size("vocabulary"),
        size,
        scaled ? Math.sqrt(hidden) : 1,
        settings
            .name("positions", -1)
            .filter(_ -> settings.absent("positions_used") || settings.flag("positions_used"))
            .map(name -> positions(settings, name, hidden)),
        settings
            .name("types", -1)
            .filter(_ -> settings.count("types") > 0)
            .map(name -> new TokenEmbedding.Types(name, settings.size("types"))),
        settings.name("embedding_norm", -1).map(name -> Norms.of(settings, name, hidden)),
        projection);
  }

  /** What turns log-mel frames into the first stream. */
  static SoundEmbedding sound(Settings settings) {
    return new SoundEmbedding(
        settings.name("first_convolution"),
        settings.name("second_convolution"),
        settings.name("positions"),
        settings.size("bands"),
        settings.size("positions"),
        settings.size("hidden"));
  }

  private static LearnedPositions positions(Settings settings, String name, int size) {
    String count = settings.text("position_count", "all").toUpperCase(Locale.ROOT);
    int offset = settings.count("position_offset");
    int padding = settings.count("padding");
    boolean afterPadding = count.equals("NOT_PADDING");
    return new LearnedPositions(
        name,
        settings.size("positions") + (afterPadding ? 0 : offset),
        size,
        afterPadding ? padding + 1 : offset,
        LearnedPositions.Count.valueOf(count),
        padding);
  }
}
