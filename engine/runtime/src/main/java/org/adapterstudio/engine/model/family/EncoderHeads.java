package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.network.EncoderHead;
import org.adapterstudio.engine.model.network.MaskedLanguageHead;
import org.adapterstudio.engine.model.network.NoHead;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.SequenceClassifier;
import org.adapterstudio.engine.model.part.Activation;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds the head of an encoder. */
final class EncoderHeads {
  private EncoderHeads() {}

  /** The head a purpose asks for, else the one that the config's first architecture names. */
  static Optional<Purpose.Head> kind(Settings settings, Purpose purpose) {
    if (purpose.head() != Purpose.Head.AS_STORED) {
      return Optional.of(purpose.head());
    }
    String name = settings.config().path("architectures").path(0).asText("");
    if (name.endsWith("ForSequenceClassification")) {
      return Optional.of(Purpose.Head.CLASSIFICATION);
    }
    // What a model for pre-training predicts beside the masked words is left out.
    if (name.endsWith("ForMaskedLM") || name.endsWith("ForPreTraining")) {
      return Optional.of(Purpose.Head.MASKED_LANGUAGE);
    }
    if (name.isEmpty() || name.endsWith("Model")) {
      return Optional.empty();
    }
    throw StudioException.badInput(
        settings.file() + ": architectures names " + name + ", whose head is not supported.",
        "Supported: ...ForSequenceClassification, ...ForMaskedLM, and ...Model without a head.");
  }

  /** A head over an encoder with the given embedding. */
  static EncoderHead of(
      Optional<Purpose.Head> kind, Purpose purpose, Settings settings, TokenEmbedding embedding) {
    if (kind.isEmpty()) {
      return new NoHead();
    }
    return switch (kind.get()) {
      case CLASSIFICATION -> classifier(settings, purpose);
      case MASKED_LANGUAGE -> masked(settings, embedding);
      default -> throw new IllegalStateException("No head of an encoder: " + kind.get());
    };
  }

  private static SequenceClassifier classifier(Settings settings, Purpose purpose) {
    int hidden = settings.size("hidden");
    boolean stored = purpose.labels().isEmpty();
    List<String> labels = stored ? Labels.of(settings) : purpose.labels();
    return new SequenceClassifier(
        Linear.of(settings.name("classifier_dense"), hidden, hidden, true, -1),
        activation(settings, "classifier_activation"),
        Linear.of(settings.name("classifier"), hidden, labels.size(), true, -1),
        labels,
        stored ? problem(settings.config(), labels.size()) : SequenceClassifier.ONE_LABEL,
        settings.flag("classifier_is_one_module"));
  }

  private static String problem(JsonNode config, int labels) {
    String standard = labels == 1 ? "regression" : SequenceClassifier.ONE_LABEL;
    return config.path("problem_type").asText(standard);
  }

  private static MaskedLanguageHead masked(Settings settings, TokenEmbedding embedding) {
    boolean older = settings.absent("older_masked_head") || settings.flag("older_masked_head");
    Settings head = older ? settings : settings.part("newer_masked_head");
    int hidden = head.size("hidden");
    int width = embedding.size();
    Optional<String> decoder = head.name("masked_decoder", -1);
    boolean tied = settings.flag("tied") || decoder.isEmpty();
    // A tied decoder takes its bias from the head, where the head has one; an untied has its own.
    Optional<String> bias = head.name("masked_bias", -1).filter(_ -> tied);
    return new MaskedLanguageHead(
        Linear.of(head.name("masked_dense"), hidden, width, true, -1),
        activation(head, "masked_activation"),
        Norms.of(head, head.name("masked_norm"), width),
        new Linear(
            decoder.orElse("decoder"),
            width,
            embedding.vocabulary(),
            bias.isEmpty(),
            -1,
            false,
            tied ? Optional.of(embedding.weight()) : Optional.empty()),
        bias,
        decoder.isPresent());
  }

  private static Activation activation(Settings settings, String key) {
    return Activation.named(settings.text(key, "gelu"), settings.source(key));
  }
}
