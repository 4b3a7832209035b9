package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCard.Capability;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.PlainLora;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every start state must keep, whatever it is; its card says which promises it makes. */
class InitializerContractTest {
  @TempDir Path folder;

  static Stream<MethodCard> cards() {
    return MethodCatalogue.cards("initializer").stream();
  }

  static Stream<MethodCard> cardsThatStartAsTheBase() {
    return cards().filter(card -> card.can(Capability.IDENTITY_AT_START));
  }

  /** A residual start is the base's up to rounding. */
  @ParameterizedTest
  @MethodSource("cardsThatStartAsTheBase")
  void theFirstPassIsTheBasesWhereTheCardSaysSo(MethodCard card) {
    for (String family : families(card)) {
      try (var base = base(card, family);
          var model = attach(card, base);
          var plain = AdaptedModel.plain(base)) {
        assertThat(Proof.between(model, plain, base.network().probe())).as(family).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void everyMethodThatItSuitsIsInTheCatalogue(MethodCard card) {
    assertThat(card.suits()).isNotEmpty();
    assertThat(card.suits())
        .allSatisfy(key -> assertThat(MethodCatalogue.find("adapter", key)).isPresent());
  }

  @ParameterizedTest
  @MethodSource("cards")
  void aTrainedModelIsReadBackBitForBitAndWithoutSampleRows(MethodCard card) {
    try (var base = base(card, "llama");
        var model = attach(card, base)) {
      train(model);
      AdapterFolder.write(model, folder, "");
      try (var read = AdapterFolder.load(base, folder)) {
        assertThat(read.trainable().keySet()).isEqualTo(model.trainable().keySet());
        assertThat(Proof.between(model, read, base.network().probe())).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void aTrainedModelIsExactlyAPlainLora(MethodCard card) {
    try (var base = base(card, "llama");
        var model = attach(card, base)) {
      train(model);
      try (var lora = PlainLora.of(model, PlainLora.Limit.NONE)) {
        assertThat(lora.lost()).isZero();
        assertThat(Proof.between(model, lora.model(), base.network().probe())).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void theSameSeedStartsTheSame(MethodCard card) {
    try (var base = base(card, "llama");
        var first = attach(card, base);
        var second = attach(card, base)) {
      assertThat(second.settings()).isEqualTo(first.settings());
      first
          .stored()
          .forEach(
              (name, kept) ->
                  assertThat(second.stored().get(name).array().toFloatArray())
                      .as(name)
                      .containsExactly(kept.array().toFloatArray()));
    }
  }

  /** As PEFT's files do not: what was taken is made again, or the file is refused. */
  @ParameterizedTest
  @MethodSource("cards")
  void aFileThatDoesNotTellWhatWasTakenIsMadeWholeOrRefused(MethodCard card) {
    try (var base = base(card, "llama");
        var model = attach(card, base)) {
      boolean residual = Initializer.of(model.settings()).residual();
      Map<String, Values> silent = withoutTaken(model);
      if (residual && card.can(Capability.NEEDS_CALIBRATION)) {
        assertThatThrownBy(() -> AdapterFolder.attach(base, model.settings(), silent, "a file"))
            .hasMessageContaining("sample rows");
        return;
      }
      try (var read = AdapterFolder.attach(base, model.settings(), silent, "a file")) {
        assertThat(Proof.between(model, read, base.network().probe())).isLessThan(1e-4);
      }
    }
  }

  private static Map<String, Values> withoutTaken(AdaptedModel model) {
    var tensors = new LinkedHashMap<String, Values>();
    model
        .stored()
        .forEach(
            (name, kept) -> {
              if (!name.matches(".*lora_[AB]0\\.weight")) {
                tensors.put(name, values(kept));
              }
            });
    return tensors;
  }

  private static Values values(Kept kept) {
    return new Values(kept.array().toFloatArray(), kept.array().getShape().getShape());
  }

  private static List<String> families(MethodCard card) {
    if (quantized(card) || card.knobs().stream().anyMatch(Knob.Names.class::isInstance)) {
      return List.of("llama");
    }
    return card.can(Capability.NEEDS_CALIBRATION)
        ? List.of("llama", "gpt2")
        : List.of("llama", "gpt2", "bert", "vit");
  }

  /** What repairs a quantized base is held to its promises on one. */
  private static boolean quantized(MethodCard card) {
    return card.formula().contains("W4");
  }

  private static BaseModel base(MethodCard card, String family) {
    var kind = quantized(card) ? Quantization.NF4 : Quantization.NONE;
    var storage = new Storage("float32", kind, false);
    return BaseModel.load(Golden.folder("models/" + family), storage, Purpose.AS_STORED);
  }

  private static AdaptedModel attach(MethodCard card, BaseModel base) {
    Map<String, JsonNode> knobs = new LinkedHashMap<>();
    card.knobs().stream()
        .filter(Knob.Names.class::isInstance)
        .forEach(knob -> knobs.put(knob.key(), Json.tree(List.of(earlier().toString()))));
    var settings =
        new Recipe.Adapter(
            card.suits().getFirst(),
            4,
            8.0,
            0.0,
            null,
            null,
            null,
            null,
            null,
            null,
            knobs,
            card.key());
    var rows =
        card.can(Capability.NEEDS_CALIBRATION)
            ? Optional.of(SampleBatches.some(base))
            : Optional.<Calibration>empty();
    var start = new Attachment.Start(false, rows);
    return AdaptedModel.attach(base, settings, 3, start);
  }

  /** A LoRA of rank 4 on all linear layers. */
  private static Path earlier() {
    return Golden.folder("adapters/llama/lora_all_linear");
  }

  private static void train(AdaptedModel model) {
    var settings = Recipe.Training.defaults();
    List<Rows> rows = SampleBatches.rows(SampleBatches.some(model.base()));
    try (var trainer = new Trainer(model, settings, 3)) {
      for (int step = 1; step <= 3; step++) {
        trainer.step(step, rows);
      }
    }
  }
}
