package org.adapterstudio.engine.model.family;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.WeightsFile;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.LanguageHead;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.network.Source;
import org.adapterstudio.engine.model.network.TextEncoder;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.LearnedPositions;
import org.adapterstudio.engine.model.part.TokenEmbedding;
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
    WeightsFile.requireFolder(folder);
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
      case "text_encoder" -> textEncoder(settings, purpose);
      case "encoder_decoder" -> encoderDecoder(settings);
      case "image_classifier" -> ImageNetworks.classifier(settings, purpose);
      case "segmenter" -> UNets.segmenter(settings);
      case "twin_towers" -> ImageNetworks.towers(settings, purpose);
      default ->
          throw new IllegalStateException(
              settings.family().key() + " has an unknown kind of network");
    };
  }

  private static CausalLanguageModel causal(Settings settings) {
    var stack = new StackBuilder(settings);
    var embedding = EmbeddingBuilder.tokens(settings);
    return new CausalLanguageModel(
        sizes(settings, stack, settings.size("layers"), context(settings, embedding)),
        embedding,
        stack.stack(),
        head(settings, embedding));
  }

  private static EncoderDecoder encoderDecoder(Settings settings) {
    Settings reading = settings.part("encoder");
    Settings writing = settings.part("decoder");
    var encoder = new StackBuilder(reading);
    var embedding = EmbeddingBuilder.tokens(writing);
    Source source =
        settings.flag("sound")
            ? new Source.Sound(EmbeddingBuilder.sound(reading))
            : new Source.Text(EmbeddingBuilder.tokens(reading));
    return new EncoderDecoder(
        sizes(
            reading,
            encoder,
            reading.size("layers") + writing.size("layers"),
            reading.size("context")),
        source,
        encoder.stack(),
        embedding,
        new StackBuilder(writing).stack(),
        head(writing, embedding),
        settings.count("start_token"),
        settings.count("padding"),
        embedding.positions().map(LearnedPositions::rows).orElse(0));
  }

  private static LanguageHead head(Settings settings, TokenEmbedding embedding) {
    int width = embedding.size();
    Optional<String> shared =
        settings.flag("tied") ? Optional.of(embedding.weight()) : Optional.empty();
    var output =
        new Linear(settings.name("head"), width, embedding.vocabulary(), false, -1, false, shared);
    double scale = settings.flag("head_scaled") ? 1 / Math.sqrt(width) : 1;
    return new LanguageHead(output, scale, settings.number("final_soft_cap", 0));
  }

  private static TextEncoder textEncoder(Settings given, Purpose purpose) {
    var kind = EncoderHeads.kind(given, purpose);
    Settings settings = kind.isEmpty() ? given.bare() : given;
    var stack = new StackBuilder(settings);
    var embedding = EmbeddingBuilder.tokens(settings);
    var head = EncoderHeads.of(kind, purpose, settings, embedding);
    boolean stored = purpose.head() == Purpose.Head.AS_STORED;
    return new TextEncoder(
        sizes(settings, stack, settings.size("layers"), context(settings, embedding)),
        embedding,
        stack.stack(),
        head,
        stored ? Set.of() : Set.copyOf(Inventory.of(head).parameters().keySet()));
  }

  /** Most positions of a row: those the table of learned positions has. */
  private static int context(Settings settings, TokenEmbedding embedding) {
    int context = settings.size("context");
    return embedding.positions().map(table -> table.rows() - table.offset()).orElse(context);
  }

  private static Sizes sizes(Settings settings, StackBuilder stack, int layers, int context) {
    return new Sizes(
        settings.family().key(),
        settings.size("vocabulary"),
        settings.size("hidden"),
        stack.intermediate(),
        layers,
        stack.heads(),
        stack.keyValueHeads(),
        stack.headSize(),
        context,
        settings.ids("eos_token_id"));
  }
}
