package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters of the reference data, written in every form. */
class ExportFormsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama/pissa", "llama/olora", "gpt2/pissa"})
  void aResidualStartIsExactlyAPlainLoraOfTwiceTheRankAsPeftConvertsIt(String name) {
    Path given = Golden.folder("adapters/" + name);
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Export done = Export.lora(model, folder, base.network().probe(), PlainLora.Limit.NONE);
      assertThat(done.error()).isLessThan(1e-4);
      assertThat(done.lost()).isZero();
      double scale = model.settings().alpha() / model.settings().rank();
      var config = Json.read(folder.resolve("adapter_config.json"));
      assertThat(config.path("r").asInt()).isEqualTo(2 * model.settings().rank());
      assertThat(config.path("lora_alpha").asDouble() / config.path("r").asInt()).isEqualTo(scale);
      assertThat(config.path("init_lora_weights").asBoolean()).isTrue();
      compareWithPeft(name, model, scale);
    }
  }

  private void compareWithPeft(String name, AdaptedModel model, double scale) {
    double worst = fromPeft(name, model, scale);
    assertThat(worst).isLessThan(1e-5);
    Golden.ran("adapters/" + name + "_converted, largest difference of products " + worst);
  }

  /** Signs and the order of columns are free; the products are not. */
  private double fromPeft(String name, AdaptedModel model, double scale) {
    Path converted = Golden.folder("adapters/" + name + "_converted");
    try (var ours = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
        var theirs = SafetensorsFile.open(converted.resolve("adapter_model.safetensors"))) {
      double worst = 0;
      for (String module : model.attached().layers().keySet()) {
        Matrix difference = product(ours, module).minus(product(theirs, module)).times(scale);
        worst = Math.max(worst, difference.largest());
      }
      return worst;
    }
  }

  private static Matrix product(SafetensorsFile file, String module) {
    Matrix a = Matrix.of(file.floats(Attached.PREFIX + module + ".lora_A.weight"));
    return Matrix.of(file.floats(Attached.PREFIX + module + ".lora_B.weight")).times(a);
  }

  @Test
  void aResidualStartWithWholeModulesKeepsThem() {
    Path given = Golden.folder("adapters/bert/pissa");
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Export done = Export.lora(model, folder, base.network().probe(), PlainLora.Limit.NONE);
      assertThat(done.error()).isLessThan(1e-5);
      try (var read = AdapterFolder.load(base, folder)) {
        assertThat(read.attached().overrides().keySet())
            .isEqualTo(model.attached().overrides().keySet());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama/pissa", "gpt2/pissa", "bert/pissa"})
  void whatIsLeftOfTheBaseAndTheAdapterTogetherAreTheModel(String name) {
    Path given = Golden.folder("adapters/" + name);
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Export done = Export.residual(model, folder, base.network().probe());
      assertThat(done.error()).isLessThan(1e-5);
      var config = Json.read(folder.resolve("adapter/adapter_config.json"));
      assertThat(Path.of(config.path("base_model_name_or_path").asText()))
          .isEqualTo(folder.resolve("base").toAbsolutePath().normalize());
      assertThat(config.path("r").asInt()).isEqualTo(model.settings().rank());
    }
  }

  @Test
  void anAdapterThatTookNothingHasNoResidualForm() {
    Path given = Golden.folder("adapters/llama/lora");
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      assertThatThrownBy(() -> Export.residual(model, folder, base.network().probe()))
          .hasMessageContaining("took nothing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama/lora", "gpt2/lora", "qwen2/lora_bias_all", "llama/pissa"})
  void theDenseChangeOnTheBaseIsTheModel(String name) {
    Path given = Golden.folder("adapters/" + name);
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Export done = Export.change(model, folder, base.network().probe());
      assertThat(done.error()).isLessThan(1e-4);
      try (var file = SafetensorsFile.open(folder.resolve("delta.safetensors"))) {
        assertThat(file.header().tensors()).isNotEmpty();
        assertThat(file.header().tensors())
            .allSatisfy(
                tensor ->
                    assertThat(Compare.largest(file.floats(tensor.name()).data())).isPositive());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"miss", "loha", "lokr"})
  void whatIsNoLoraComesAsCloseAsPeftsConversion(String method) {
    Path converted = Golden.folder("adapters/llama/converted_" + method + "_to_lora");
    int rank = Json.read(converted.resolve("adapter_config.json")).path("r").asInt();
    Path given = Golden.folder("adapters/llama/" + method);
    try (var base = base(given);
        var model = AdapterFolder.load(base, given);
        var theirs = AdapterFolder.load(base, converted)) {
      try (var ours = PlainLora.of(model, new PlainLora.Limit(rank, null))) {
        assertThat(ours.lost()).isLessThan(0.9);
        double off = Proof.between(ours.model(), theirs, base.network().probe());
        assertThat(off).isLessThan(1e-4);
        Golden.ran("adapters/llama/converted_" + method + "_to_lora, largest difference " + off);
      }
    }
  }

  /** The comparisons above may come out as exactly 0; one wrong number is seen by them all. */
  @Test
  void oneNumberOfAConversionThatIsOffIsNoticed() {
    Path given = Golden.folder("adapters/llama/pissa");
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Export.lora(model, folder, base.network().probe(), PlainLora.Limit.NONE);
      Path file = folder.resolve("adapter_model.safetensors");
      var tensors = AdapterFolder.tensors(file);
      double scale = model.settings().alpha() / model.settings().rank();
      assertThat(fromPeft("llama/pissa", model, scale)).isLessThan(1e-5);
      for (String factor : List.of("lora_A", "lora_B")) {
        var spoiled = new LinkedHashMap<>(tensors);
        String key =
            spoiled.keySet().stream()
                .filter(name -> name.contains(factor))
                .findFirst()
                .orElseThrow();
        float[] numbers = spoiled.get(key).data().clone();
        numbers[3] += 1e-2f;
        spoiled.put(key, new Values(numbers, spoiled.get(key).shape()));
        var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
        spoiled.forEach((name, values) -> entries.put(name, SafetensorsWriter.float32(values)));
        SafetensorsWriter.write(file, entries, Map.of());
        assertThat(fromPeft("llama/pissa", model, scale)).as(factor).isGreaterThan(1e-4);
        try (var theirs =
                AdapterFolder.load(base, Golden.folder("adapters/llama/pissa_converted"));
            var ours = AdapterFolder.load(base, folder)) {
          assertThat(Proof.between(ours, theirs, base.network().probe())).isGreaterThan(1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora", "residual"})
  void aTrainedBiasOfBIsNotLostInAPlainLora(String form) {
    Path given = Golden.folder("adapters/qwen2/lora_with_lora_bias");
    try (var base = base(given);
        var model = AdapterFolder.load(base, given)) {
      Inputs probe = base.network().probe();
      assertThatThrownBy(
              () -> {
                if (form.equals("lora")) {
                  Export.lora(model, folder, probe, PlainLora.Limit.NONE);
                } else {
                  Export.residual(model, folder, probe);
                }
              })
          .hasMessageContaining("its bias is moved too");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aLimitedRankIsTheBestApproximationAndTellsWhatItLeavesOut() {
    Path given = Golden.folder("adapters/llama/pissa");
    try (var base = base(given);
        var model = AdapterFolder.load(base, given);
        var some = PlainLora.of(model, new PlainLora.Limit(2, null));
        var more = PlainLora.of(model, new PlainLora.Limit(5, null));
        var all = PlainLora.of(model, new PlainLora.Limit(8, null));
        var most = PlainLora.of(model, new PlainLora.Limit(null, 0.99))) {
      assertThat(some.lost()).isGreaterThan(more.lost());
      assertThat(more.lost()).isPositive();
      assertThat(all.lost()).isZero();
      assertThat(most.lost()).isLessThanOrEqualTo(Math.sqrt(0.01) + 1e-6);
      assertThat(some.lost()).isCloseTo(measured(model, some.model()), within(1e-4));
    }
  }

  /** The share of the change that an approximation leaves out, from the merged weights. */
  private static double measured(AdaptedModel model, AdaptedModel other) {
    var full = MergedModel.weights(model);
    var part = MergedModel.weights(other);
    try (var plain = AdaptedModel.plain(model.base())) {
      var base = MergedModel.weights(plain);
      double lost = 0;
      double whole = 0;
      for (String module : model.attached().layers().keySet()) {
        float[] wanted = full.get(module + ".weight").values().get();
        float[] got = part.get(module + ".weight").values().get();
        float[] before = base.get(module + ".weight").values().get();
        for (int i = 0; i < wanted.length; i++) {
          lost += Math.pow((double) wanted[i] - got[i], 2);
          whole += Math.pow((double) wanted[i] - before[i], 2);
        }
      }
      return Math.sqrt(lost / whole);
    }
  }

  private static BaseModel base(Path adapter) {
    String base = Json.read(adapter.resolve("expected.json")).path("base_model").asText();
    return BaseModel.load(Golden.folder(base), "float32");
  }
}
