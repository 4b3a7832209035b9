package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.generate.Generator;
import org.adapterstudio.engine.generate.Sampler;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.CausalLanguageModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Tokens;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model family must keep; one that is added is tested without an entry here. */
class FamilyContractTest {
  @TempDir Path folder;

  static Stream<FamilyCase> families() {
    return FamilyCase.all();
  }

  static Stream<FamilyCase> familiesThatShareWeights() {
    // T5 also scales its last states where the head is shared, so an own one is not the same.
    return families()
        .filter(one -> !one.name().equals("t5"))
        .filter(one -> network(one).linears().stream().anyMatch(site -> site.shares().isPresent()));
  }

  static Stream<FamilyCase> familiesThatReadText() {
    return families().filter(FamilyCase::readsText);
  }

  static Stream<FamilyCase> familiesThatContinueText() {
    return families().filter(one -> network(one) instanceof CausalLanguageModel);
  }

  @ParameterizedTest
  @MethodSource("families")
  void inOneFileOrSeveralItIsTheSame(FamilyCase one) {
    var wanted = outputs(one, one.stored(folder.resolve("one"), "F32"), "float32");
    var several = outputs(one, one.sharded(folder.resolve("several")), "float32");
    several.forEach((name, values) -> assertSame(one + " " + name, values, wanted.get(name)));
  }

  @ParameterizedTest
  @MethodSource("familiesThatShareWeights")
  void aSharedWeightStoredTwiceIsTheSame(FamilyCase one) {
    var wanted = outputs(one, one.stored(folder.resolve("tied"), "F32"), "float32");
    var untied = outputs(one, one.untied(folder.resolve("untied")), "float32");
    untied.forEach((name, values) -> assertSame(one + " " + name, values, wanted.get(name)));
  }

  @ParameterizedTest
  @MethodSource("families")
  void storedOrComputedNarrowerItIsNearlyTheSame(FamilyCase one) {
    Path bf16 = one.stored(folder.resolve("bf16"), "BF16");
    Path f16 = one.stored(folder.resolve("f16"), "F16");
    assertNear(one, f16, "float32", 0.01);
    assertNear(one, bf16, "float32", 0.08);
    assertNear(one, f16, "float16", 0.02);
    assertNear(one, bf16, "bfloat16", 0.15);
  }

  @ParameterizedTest
  @MethodSource("families")
  void mergedWithAnAdapterThatChangesNothingEveryWeightKeepsItsBits(FamilyCase one) {
    assertMergedUnchanged(one.folder());
    assertMergedUnchanged(one.stored(folder.resolve("bf16"), "BF16"));
    assertMergedUnchanged(one.stored(folder.resolve("f16"), "F16"));
  }

  @ParameterizedTest
  @MethodSource("families")
  void gradientsAreThoseOfFiniteDifferences(FamilyCase one) {
    try (var base = BaseModel.load(one.folder(), "float32")) {
      FamilyPass pass = one.pass(base);
      List<String> names = base.names();
      for (String name : List.of(names.getFirst(), names.get(names.size() / 2), names.getLast())) {
        float[] gradient = pass.gradient(name);
        for (int entry : List.of(steepest(gradient), 0, gradient.length / 3)) {
          assertThat((double) gradient[entry])
              .as("%s %s[%d]", one, name, entry)
              .isCloseTo(pass.slope(name, entry), within(3e-4 + 0.02 * Math.abs(gradient[entry])));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyLinearLayerTrainsAnAdapterOfItsOwn(FamilyCase one) {
    try (var base = BaseModel.load(one.folder(), "float32")) {
      FamilyPass pass = one.pass(base);
      for (Linear site : base.network().linears()) {
        try (var model = AdaptedModel.attach(base, lora(Json.tree(List.of(site.module()))), 3);
            Scope scope = Kernels.get().training()) {
          assertThat(model.attached().layers()).containsOnlyKeys(site.module());
          Autograd.backward(scope, pass.loss(scope, model.weights()));
          NDArray b = model.attached().layers().get(site.module()).tensors().get("lora_B.weight");
          assertThat(Compare.largest(Autograd.gradient(scope, b).toFloatArray()))
              .as("%s %s", one, site.module())
              .isGreaterThan(1e-7);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("familiesThatReadText")
  void aPaddedBatchEqualsSingleRows(FamilyCase one) {
    try (var base = BaseModel.load(one.folder(), "float32")) {
      FamilyPass pass = one.pass(base);
      int rows = pass.in().rows();
      for (var output : pass.outputs().entrySet()) {
        // A similarity is of a row with all others.
        for (int row = 0; row < rows && !output.getKey().startsWith("logits_per"); row++) {
          float[] alone = pass.row(row).outputs().get(output.getKey());
          int start = row * (output.getValue().length / rows);
          float[] padded = Arrays.copyOfRange(output.getValue(), start, start + alone.length);
          assertThat(Compare.maxDifference(alone, padded))
              .as("%s %s of row %d", one, output.getKey(), row)
              .isLessThan(2e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("familiesThatContinueText")
  void paddingOnTheLeftDoesNotLeak(FamilyCase one) {
    var alone = Inputs.of(Tokens.of(new long[] {7, 8, 9, 10}, 1));
    long[] mask = {0, 0, 0, 1, 1, 1, 1};
    long[] positions = {0, 0, 0, 0, 1, 2, 3};
    var padded =
        Inputs.of(
            Tokens.of(new long[] {6, 6, 6, 7, 8, 9, 10}, 1).masked(mask).packed(null, positions));
    for (String compute : List.of("float32", "bfloat16", "float16")) {
      try (var base = BaseModel.load(one.folder(), compute)) {
        float[] wanted = new FamilyPass(base, alone, null).outputs().get("logits");
        float[] all = new FamilyPass(base, padded, null).outputs().get("logits");
        float[] shown = Arrays.copyOfRange(all, all.length - wanted.length, all.length);
        double allowed = compute.equals("float32") ? 2e-5 : 0.05 * Compare.largest(wanted);
        assertThat(Compare.maxDifference(wanted, shown))
            .as("%s in %s", one, compute)
            .isLessThan(allowed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("familiesThatContinueText")
  void theCacheGivesTheTokensThatRecomputationGives(FamilyCase one) {
    int[] prompt = {7, 8, 9, 10, 11};
    try (var base = BaseModel.load(one.folder(), "float32");
        var model = AdaptedModel.plain(base)) {
      var answer =
          new Generator(model, Set.of())
              .generate(prompt, 8, Sampler.of(0, 1, 0), _ -> {}, () -> false);
      assertThat(answer.ids()).isEqualTo(one.pass(base).continued(prompt, 8));
    }
  }

  private static Network network(FamilyCase one) {
    return Networks.read(one.folder());
  }

  private static Map<String, float[]> outputs(FamilyCase one, Path folder, String compute) {
    try (var base = BaseModel.load(folder, compute)) {
      return one.pass(base).outputs();
    }
  }

  /**
   * @param share of the largest number that may be lost
   */
  private static void assertNear(FamilyCase one, Path folder, String compute, double share) {
    var wanted = outputs(one, one.folder(), "float32");
    outputs(one, folder, compute)
        .forEach(
            (name, values) ->
                assertThat(Compare.maxDifference(wanted.get(name), values))
                    .as("%s %s in %s", one, name, compute)
                    .isLessThan(share * Compare.largest(wanted.get(name))));
  }

  private void assertMergedUnchanged(Path stored) {
    Path merged = folder.resolve("merged of " + stored.getFileName());
    try (var base = BaseModel.load(stored, "float32");
        var model = AdaptedModel.attach(base, lora(Json.tree("all-linear")), 3)) {
      MergedModel.write(model, merged, "");
      try (var again = BaseModel.load(merged, "float32")) {
        assertThat(again.names()).isEqualTo(base.names());
        for (String name : base.names()) {
          assertThat(again.storedType(name)).as(name).isEqualTo(base.storedType(name));
          assertSame(
              name, again.parameter(name).toFloatArray(), base.parameter(name).toFloatArray());
        }
      }
    }
  }

  private static void assertSame(String what, float[] actual, float[] wanted) {
    assertThat(Compare.maxDifference(wanted, actual)).as(what).isZero();
  }

  private static Recipe.Adapter lora(JsonNode targets) {
    return new Recipe.Adapter(
        "lora", 2, 4.0, 0.0, targets, null, null, null, null, null, null, null);
  }

  private static int steepest(float[] gradient) {
    int best = 0;
    for (int i = 1; i < gradient.length; i++) {
      best = Math.abs(gradient[i]) > Math.abs(gradient[best]) ? i : best;
    }
    return best;
  }
}
