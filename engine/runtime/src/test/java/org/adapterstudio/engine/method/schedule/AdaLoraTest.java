package org.adapterstudio.engine.method.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaLoraTest {
  private static final String TENSOR = "base_model.model.";

  @TempDir Path folder;

  @Test
  void theBudgetFallsWithTheCubeOfWhatIsLeftOfTheWay() {
    var budget = new CubicBudget(144, 96, 10, 20, 1, 100);
    assertThat(IntStream.of(10, 11, 30, 60, 80).map(budget::at))
        .containsExactly(144, 141, 113, 97, 96);
    int[] all = IntStream.rangeClosed(1, 100).map(budget::at).toArray();
    assertThat(all).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
    assertThat(all[99]).isEqualTo(96);
  }

  @Test
  void asManyRanksAreLeftAsTheBudgetAllowsAndThePlainLoraHasNoOthers() {
    var knobs = Map.<String, JsonNode>of("target_r", Json.tree(2), "tfinal", Json.tree(3));
    try (var base = BaseModel.load(new PicoProject(folder).base(), "float32");
        var model = AdaptedModel.attach(base, Lessons.settings("adalora", 4, knobs), 3);
        Scope scope = Kernels.get().inference()) {
      RankBudget ranks = ranks(model);
      Lessons.train(
          model,
          12,
          step ->
              assertThat(left(model))
                  .as("step " + step)
                  .isEqualTo(ranks.budget().at(Math.max(1, step))));
      int layers = model.attached().layers().size();
      assertThat(left(model)).isEqualTo(2 * layers);
      Pass pass = Pass.still(scope, model.weights());
      long rows =
          model.attached().layers().values().stream()
              .map(layer -> layer.plain(pass).orElseThrow())
              .mapToLong(plain -> plain.a().getShape().get(0))
              .sum();
      assertThat(rows).isBetween(2L * layers, 3L * layers); // a layer with none keeps a zero row
    }
  }

  @Test
  void theStepsOfTheScheduleAreWrittenForReadersThatAskForThem() {
    try (var base = BaseModel.load(new PicoProject(folder).base(), "float32");
        var model = AdaptedModel.attach(base, Lessons.settings("adalora", 4, Map.of()), 3)) {
      Lessons.train(model, 4, _ -> {});
      AdapterFolder.write(model, folder.resolve("saved"), "");
      JsonNode config = Json.read(folder.resolve("saved/adapter_config.json"));
      assertThat(config.path("total_step").asInt()).isEqualTo(4);
      assertThat(config.path("init_r").asInt()).isEqualTo(4);
      assertThat(config.path("rank_pattern").isNull()).isTrue();
    }
  }

  @Test
  void aLayerThatIsLeftWithoutRanksIsNamed() {
    try (var base = BaseModel.load(new PicoProject(folder).base(), "float32");
        var model = AdaptedModel.attach(base, Lessons.settings("adalora", 2, Map.of()), 3)) {
      Path saved = folder.resolve("saved");
      AdapterFolder.write(model, saved, "");
      var config = (ObjectNode) Json.read(saved.resolve("adapter_config.json"));
      config.withObjectProperty("rank_pattern").putArray("a.lora_E").add(false).add(false);
      AtomicFile.write(saved.resolve("adapter_config.json"), Json.pretty(config));
      assertThatThrownBy(() -> AdapterFolder.load(base, saved))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("rank_pattern leaves a.lora_E no rank at all");
    }
  }

  @Test
  void aScheduleThatLeavesNoStepForItsWorkIsRefused() {
    var knobs = Map.<String, JsonNode>of("tinit", Json.tree(3), "tfinal", Json.tree(3));
    try (var base = BaseModel.load(new PicoProject(folder).base(), "float32");
        var model = AdaptedModel.attach(base, Lessons.settings("adalora", 4, knobs), 3)) {
      assertThatThrownBy(() -> Lessons.train(model, 6, _ -> {}))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("tinit 3 and tfinal 3 leave no step of 6");
    }
  }

  @Test
  void lossesBudgetAndChosenRanksFollowTheReference() {
    Path golden = Golden.folder("training/adalora");
    JsonNode expected = Json.read(golden.resolve("losses.json"));
    double tolerance = expected.path("tolerance").path("loss_atol").asDouble();
    try (var base = BaseModel.load(Golden.folder(expected.path("base_model").asText()), "float32");
        var model = AdaptedModel.attach(base, settings(expected.path("config")), 0);
        var trainer = trainer(model, golden)) {
      Rows rows = rows(golden.resolve("batch.safetensors"), model);
      double worst = 0;
      for (JsonNode wanted : expected.path("steps")) {
        int step = wanted.path("step").asInt();
        double penalty = penalty(model);
        double loss = trainer.step(step, List.of(rows)).loss() + penalty;
        assertThat(loss)
            .as("loss " + step)
            .isCloseTo(wanted.path("loss").asDouble(), within(tolerance));
        worst = Math.max(worst, Math.abs(loss - wanted.path("loss").asDouble()));
        assertThat(ranks(model).budget().at(step)).isEqualTo(wanted.path("budget").asInt());
        checkRanks(model, wanted.path("rank_pattern"));
        if (step == expected.path("snapshot_step").asInt()) {
          checkAllocator(model, trainer, golden.resolve("allocator_step4.safetensors"));
        }
      }
      checkFinal(model, golden.resolve("final_adapter_unpruned.safetensors"));
      Golden.ran("training/adalora, largest loss difference " + worst);
    }
  }

  private static Recipe.Adapter settings(JsonNode config) {
    var knobs = new LinkedHashMap<String, JsonNode>();
    for (String same :
        List.of("target_r", "tinit", "tfinal", "total_step", "beta1", "beta2", "orth_reg_weight")) {
      knobs.put(same, config.path(same));
    }
    knobs.put("delta_t", config.path("deltaT"));
    return new Recipe.Adapter(
        "adalora",
        config.path("init_r").asInt(),
        config.path("lora_alpha").asDouble(),
        0.0,
        config.path("target_modules"),
        null,
        null,
        null,
        null,
        null,
        knobs,
        null);
  }

  private static Trainer trainer(AdaptedModel model, Path golden) {
    model.assign(AdapterFolder.tensors(golden.resolve("initial_adapter.safetensors")), "initial");
    return new Trainer(model, Lessons.training(0.005, 0.01), 20);
  }

  private static Rows rows(Path file, AdaptedModel model) {
    try (var batch = SafetensorsFile.open(file)) {
      return new Rows(
          InputFile.read(batch, model.network()), batch.longs("labels"), new int[] {1, 2, 3, 4});
    }
  }

  private static double penalty(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      return ranks(model).penalty(scope).orElseThrow().getFloat();
    }
  }

  private static RankBudget ranks(AdaptedModel model) {
    return (RankBudget) model.attached().schedule().orElseThrow();
  }

  private static int left(AdaptedModel model) {
    return model.attached().layers().keySet().stream()
        .mapToInt(module -> count(ranks(model).left(module)))
        .sum();
  }

  private static int count(boolean[] left) {
    return (int) IntStream.range(0, left.length).filter(i -> left[i]).count();
  }

  private static void checkRanks(AdaptedModel model, JsonNode pattern) {
    pattern
        .properties()
        .forEach(
            layer -> {
              String module = layer.getKey().replace(".lora_E.default", "");
              boolean[] left = ranks(model).left(module);
              int[] wanted =
                  StreamSupport.stream(layer.getValue().spliterator(), false)
                      .mapToInt(JsonNode::asInt)
                      .toArray();
              int[] got = IntStream.range(0, left.length).map(i -> left[i] ? 1 : 0).toArray();
              assertThat(got).as(module).containsExactly(wanted);
            });
  }

  private static void checkAllocator(AdaptedModel model, Trainer trainer, Path file) {
    Map<String, Values> wanted = AdapterFolder.tensors(file);
    wanted.forEach(
        (name, values) -> {
          String key = name.replace(".default", "").replace("state." + TENSOR, "");
          float[] got;
          if (key.startsWith("exp_avg_ipt.")) {
            got = array(trainer, "sensitivity." + TENSOR + key.substring(12));
          } else if (key.startsWith("exp_avg_unc.")) {
            got = array(trainer, "uncertainty." + TENSOR + key.substring(12));
          } else {
            got = model.trainable().get(TENSOR + key).toFloatArray();
          }
          near(values, got, name);
        });
  }

  private static float[] array(Trainer trainer, String name) {
    return trainer.state().get("schedule." + name).toFloatArray();
  }

  private static void checkFinal(AdaptedModel model, Path file) {
    AdapterFolder.tensors(file)
        .forEach(
            (name, values) -> {
              String key = name.replace(".default", "").replace("final.", "");
              near(values, model.trainable().get(key).toFloatArray(), name);
            });
  }

  private static void near(Values wanted, float[] got, String name) {
    assertThat(Compare.maxDifference(wanted.data(), got)).as(name).isLessThan(1e-4);
  }
}
