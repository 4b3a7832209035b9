package org.adapterstudio.engine.model.family;

import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.LanguageHead;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds the network of a model folder, without opening its weights. */
public final class Networks {
  private Networks() {}

  /** The network that a folder's config describes. */
  public static Network read(Path folder) {
    return read(folder, Purpose.AS_STORED);
  }

  /** The same with the head that a purpose asks for. */
  public static Network read(Path folder, Purpose purpose) {
    Settings settings = Settings.read(folder);
    Network network = network(settings, purpose);
    boolean fits = purpose.head() == Purpose.Head.AS_STORED || !network.replaceable().isEmpty();
    if (!fits) {
      throw StudioException.badInput(
          "%s is a %s, which has no head for the task %s."
              .formatted(folder, settings.family().title(), purpose.head().name().toLowerCase()),
          "Choose another task or another base.");
    }
    return network;
  }

  private static Network network(Settings settings, Purpose purpose) {
    return switch (settings.family().network()) {
      case "causal" -> causal(settings);
      default ->
          throw new IllegalStateException(
              settings.family().key() + " has an unknown kind of network");
    };
  }

  private static CausalLanguageModel causal(Settings settings) {
    var stack = new StackBuilder(settings);
    var embedding = EmbeddingBuilder.tokens(settings);
    int width = embedding.size();
    Optional<String> shared =
        settings.flag("tied") ? Optional.of(embedding.weight()) : Optional.empty();
    var output =
        new Linear(settings.name("head"), width, embedding.vocabulary(), false, -1, false, shared);
    return new CausalLanguageModel(
        sizes(settings, stack),
        embedding,
        stack.stack(),
        new LanguageHead(output, settings.number("final_soft_cap", 0)));
  }

  private static Sizes sizes(Settings settings, StackBuilder stack) {
    return new Sizes(
        settings.family().key(),
        settings.size("vocabulary"),
        settings.size("hidden"),
        stack.intermediate(),
        settings.size("layers"),
        stack.heads(),
        stack.keyValueHeads(),
        stack.headSize(),
        settings.size("context"),
        settings.ids("eos_token_id"));
  }
}
