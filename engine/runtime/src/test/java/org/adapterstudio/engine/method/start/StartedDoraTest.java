package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCard.Capability;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.Export;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DoRA by the start states that suit it: direction by the start, lengths by what it leaves. */
class StartedDoraTest {
  @TempDir Path folder;

  static Stream<MethodCard> starts() {
    return MethodCatalogue.cards("initializer").stream()
        .filter(card -> card.suits().contains("dora"));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void theFirstPassIsThatOfTheStartAndLengthsAreThoseOfItsRows(MethodCard card) {
    try (BaseModel base = base(card, "llama");
        AdaptedModel dora = attach(card, base, "dora");
        AdaptedModel lora = attach(card, base, "lora");
        AdaptedModel plain = AdaptedModel.plain(base)) {
      assertThat(Proof.between(dora, lora, base.network().probe())).isLessThan(1e-4);
      if (card.can(Capability.IDENTITY_AT_START)) {
        assertThat(Proof.between(dora, plain, base.network().probe())).isLessThan(1e-4);
        requireLengths(dora);
      }
    }
  }

  /** m are the lengths of W's rows, because the start changes nothing. */
  private static void requireLengths(AdaptedModel dora) {
    for (Linear site : dora.base().network().linears()) {
      var layer = dora.attached().layers().get(site.module());
      if (layer != null) {
        Matrix w = Matrix.of(dora.base().parameter(site.weight()));
        float[] m = layer.tensors().get("lora_magnitude_vector").toFloatArray();
        for (int row = 0; row < m.length; row++) {
          double squares = 0;
          for (int i = 0; i < w.columns(); i++) {
            squares += w.at(row, i) * w.at(row, i);
          }
          assertThat((double) m[row]).isCloseTo(Math.sqrt(squares), within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aTrainedModelIsReadBackBitForBitAndMerges(MethodCard card) {
    for (String family : new String[] {"llama", "gpt2"}) {
      try (BaseModel base = base(card, family);
          AdaptedModel dora = attach(card, base, "dora")) {
        try (var trainer = new Trainer(dora, Recipe.Training.defaults(), 3)) {
          for (int step = 1; step <= 3; step++) {
            trainer.step(step, SampleBatches.rows(SampleBatches.some(base)));
          }
        }
        Path own = folder.resolve(family + "/own");
        AdapterFolder.write(dora, own, "");
        try (AdaptedModel read = AdapterFolder.load(base, own)) {
          assertThat(read.settings().method()).isEqualTo("dora");
          assertThat(Proof.between(dora, read, base.network().probe())).isZero();
        }
        Path merged = folder.resolve(family + "/merged");
        assertThat(Export.merged(dora, merged, base.network().probe()).error()).isLessThan(2e-4);
      }
    }
  }

  private static BaseModel base(MethodCard card, String family) {
    boolean codes = card.formula().contains("W4");
    return StartedLora.open(
        family, new Storage("float32", codes ? Quantization.NF4 : Quantization.NONE, false));
  }

  private static AdaptedModel attach(MethodCard card, BaseModel base, String method) {
    var settings =
        new Recipe.Adapter(
            method,
            4,
            8.0,
            0.0,
            Json.tree("all-linear"),
            null,
            null,
            null,
            null,
            null,
            null,
            card.key());
    var rows =
        card.can(Capability.NEEDS_CALIBRATION)
            ? Optional.of(SampleBatches.some(base))
            : Optional.<Calibration>empty();
    return AdaptedModel.attach(base, settings, 3, new Attachment.Start(false, rows));
  }
}
