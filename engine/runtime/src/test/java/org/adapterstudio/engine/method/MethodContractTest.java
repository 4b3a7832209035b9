package org.adapterstudio.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCard.Capability;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.plan.Planner;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adapter method must keep, whatever it is; its card says which promises it makes. */
class MethodContractTest {
  /** Methods that compute the base's own weight anew, so that it is the base's up to rounding. */
  private static final Set<String> ROUNDED_AT_START = Set.of("frod", "hra");

  @TempDir Path folder;
  private BaseModel base;

  static Stream<MethodCard> cards() {
    return MethodCatalogue.cards("adapter").stream();
  }

  static Stream<MethodCard> cardsThatStartAsTheBase() {
    return cards().filter(card -> card.can(Capability.IDENTITY_AT_START));
  }

  static Stream<MethodCard> cardsThatMerge() {
    return cards().filter(card -> card.can(Capability.MERGES));
  }

  static Stream<MethodCard> cardsOfAdapters() {
    return cards().filter(card -> !card.can(Capability.REPLACES_BASE));
  }

  /** The base as the card wants it held. */
  private void openBase(MethodCard card) {
    var kept = card.recipe().get("model.quantization");
    var kind = kept == null ? Quantization.NONE : Quantization.of(kept.asText());
    var storage = new Storage("float32", kind, false);
    Path text = new PicoProject(folder).base();
    Path place = card.suitsBase("causal", "llama") ? text : Golden.folder("models/vit");
    base = BaseModel.load(place, storage, Purpose.AS_STORED);
  }

  @AfterEach
  void closeBase() {
    base.close();
  }

  @ParameterizedTest
  @MethodSource("cardsThatStartAsTheBase")
  void theFirstPassIsTheBasesWhereTheCardSaysSo(MethodCard card) {
    openBase(card);
    try (var model = attach(card);
        var plain = AdaptedModel.plain(base)) {
      double allowed = ROUNDED_AT_START.contains(card.key()) ? 1e-5 : 0;
      assertThat(Compare.maxDifference(logits(plain), logits(model))).isLessThanOrEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void theTrainableCountIsTheCardsFormula(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      assertThat(model.attached().trainableCount())
          .isEqualTo(Planner.trainable(model.settings(), base.network()));
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void ranksChangeWhereTheCardSaysSoAndNowhereElse(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      assertThat(model.attached().layers().values())
          .allMatch(layer -> layer instanceof Resizable == card.can(Capability.CHANGES_RANKS));
    }
  }

  @Test
  void modulesTrainedWholeAreCountedAsTheyAreAttachedATiedHeadToo() {
    openBase(MethodCatalogue.card("adapter", "lora"));
    var settings =
        new Recipe.Adapter(
            "lora",
            4,
            8.0,
            0.0,
            null,
            null,
            null,
            null,
            List.of("lm_head", "model.norm"),
            null,
            null,
            null);
    try (var model = AdaptedModel.attach(base, settings, 3)) {
      assertThat(model.attached().overrides())
          .containsOnlyKeys("model.norm.weight", "lm_head.weight");
      assertThat(model.attached().trainableCount())
          .isEqualTo(Planner.trainable(settings, base.network()));
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void everyTrainedTensorGetsAGradientAndTheBaseStaysStill(MethodCard card) {
    openBase(card);
    Map<String, float[]> before = parameters();
    try (var model = attach(card)) {
      train(model, 3);
      for (var entry : model.trainable().entrySet()) {
        try (Scope scope = Kernels.get().inference()) {
          float[] gradient = Autograd.gradient(scope, entry.getValue()).toFloatArray();
          assertThat(Compare.largest(gradient)).as(entry.getKey()).isPositive();
        }
      }
    }
    parameters().forEach((name, now) -> assertThat(now).as(name).containsExactly(before.get(name)));
  }

  @ParameterizedTest
  @MethodSource("cardsOfAdapters")
  void savedAndLoadedIsBitEqual(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      train(model, 3);
      AdapterFolder.write(model, folder.resolve("saved"), "");
      try (var loaded = AdapterFolder.load(base, folder.resolve("saved"))) {
        assertThat(logits(loaded)).containsExactly(logits(model));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cardsThatMerge")
  void mergedTwiceEqualsMergedOnceAndTheForward(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      train(model, 3);
      MergedModel.write(model, folder.resolve("once"), "");
      MergedModel.write(model, folder.resolve("twice"), "");
      try (var once = BaseModel.load(folder.resolve("once"), "float32");
          var twice = BaseModel.load(folder.resolve("twice"), "float32")) {
        float[] merged = logits(AdaptedModel.plain(once));
        assertThat(logits(AdaptedModel.plain(twice))).containsExactly(merged);
        assertThat(Compare.maxDifference(logits(model), merged)).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cardsThatMerge")
  void aMergeRoundsToTheBasesOwnTypeAndNoFurther(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      train(model, 2);
      var merged = MergedModel.weights(model);
      for (String name : base.names()) {
        float[] values = merged.get(name).values().get();
        boolean targeted =
            model.attached().layers().containsKey(name.replace(".weight", ""))
                || model.attached().overrides().containsKey(name);
        double moved = Compare.maxDifference(parameter(name), values);
        assertThat(moved > 0).as(name).isEqualTo(targeted);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cards")
  void noArrayOutlivesAPass(MethodCard card) {
    openBase(card);
    try (var model = attach(card)) {
      train(model, 2);
      long before = Kernels.get().liveArrays() - model.stored().size(); // ranks may grow
      train(model, 5);
      assertThat(Kernels.get().liveArrays() - model.stored().size()).isEqualTo(before);
    }
  }

  private AdaptedModel attach(MethodCard card) {
    var settings =
        new Recipe.Adapter(card.key(), 4, 8.0, 0.0, null, null, null, null, null, null, null, null);
    return AdaptedModel.attach(base, settings, 3);
  }

  private static void train(AdaptedModel model, int steps) {
    var settings =
        Trainings.with(
            "max_steps",
            steps,
            "learning_rate",
            0.01,
            "lr_scheduler_type",
            "constant",
            "warmup_ratio",
            0.0);
    long[] ids = {1, 7, 3, 9, 2, 8, 4, 6, 11, 12, 13, 14};
    var network = model.network();
    var rows =
        reads(network)
            ? new Rows(Inputs.of(Tokens.of(ids, 2)), ids, new int[] {1, 2})
            : new Rows(network.probe(), new long[] {1}, new int[] {1});
    try (var trainer = new Trainer(model, settings, steps)) {
      for (int step = 1; step <= steps; step++) {
        trainer.step(step, List.of(rows));
      }
    }
  }

  private static float[] logits(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      long[] ids = {1, 2, 3, 4, 5, 6, 7, 8};
      Network network = model.network();
      Inputs in = reads(network) ? Inputs.of(Tokens.of(ids, 2)) : network.probe();
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }

  private static boolean reads(Network network) {
    return network.sizes().vocabulary() > 0;
  }

  private Map<String, float[]> parameters() {
    var values = new HashMap<String, float[]>();
    base.names().forEach(name -> values.put(name, parameter(name)));
    return values;
  }

  private float[] parameter(String name) {
    try (Scope scope = Kernels.get().inference()) {
      return base.lend(scope, name).array().toFloatArray();
    }
  }
}
