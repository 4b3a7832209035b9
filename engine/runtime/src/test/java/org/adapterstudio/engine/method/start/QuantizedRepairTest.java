package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.Export;
import org.adapterstudio.engine.export.PlainLora;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.export.dialect.SingleFileWriter;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LoftQ and EoRA: the start repairs what 4 bits lost. */
class QuantizedRepairTest {
  private static final String[] LAYERS = {"q_proj", "v_proj", "down_proj"};
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final Storage CODES = new Storage("float32", Quantization.NF4, false);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void loftqsBaseAndProductsAreThoseOfPeft(int rounds) {
    Recipe.Adapter settings = loftq(4, rounds, LAYERS);
    String reference = "quant/loftq_iter" + rounds;
    try (var file = SafetensorsFile.open(Golden.folder(reference).resolve("expected.safetensors"));
        var lora = StartedLora.of(settings, CODES, Optional.empty())) {
      double worst = lora.fromReference(file);
      for (Linear site : lora.sites()) {
        Matrix wanted = Matrix.of(file.floats("dequantized." + site.weight()));
        worst = Math.max(worst, wanted.minus(lora.w(site)).largest());
      }
      assertThat(worst).isLessThan(1e-4);
      Golden.ran(reference + ", largest difference " + worst);
    }
  }

  @Test
  void loftqLeavesTheTailOfWhatWasLostAndNothingAtFullRank() {
    for (int rank : new int[] {2, 8, 16}) {
      Recipe.Adapter settings = StartedLora.settings("loftq", rank, Map.of(), "v_proj").alpha(rank);
      try (var lora = StartedLora.of(settings, CODES, Optional.empty())) {
        Map<String, Matrix> weights = unquantized(lora);
        for (Linear site : lora.sites()) {
          Matrix lost = weights.get(site.module()).minus(lora.w(site));
          double[] spectrum = StartedLora.spectrum(lost);
          double tail = 0;
          for (int i = rank; i < spectrum.length; i++) {
            tail += spectrum[i] * spectrum[i];
          }
          double left = lost.minus(lora.product(site)).squares();
          assertThat(left).isCloseTo(tail, within(1e-4 * lost.squares()));
        }
      }
    }
  }

  /** The comparison with PEFT may come out as exactly 0; one wrong number is seen by it. */
  @Test
  void oneNumberThatIsOffIsNoticedBesideThatOfPeft() {
    try (var file =
            SafetensorsFile.open(
                Golden.folder("quant/loftq_iter5").resolve("expected.safetensors"));
        var lora = StartedLora.of(loftq(4, 5, LAYERS), CODES, Optional.empty())) {
      assertThat(lora.fromReference(file)).isLessThan(1e-4);
      String name = StartedLora.name(lora.sites().getLast(), "lora_A.weight");
      var stored = new LinkedHashMap<String, Values>();
      lora.model()
          .stored()
          .forEach(
              (key, kept) ->
                  stored.put(
                      key,
                      new Values(kept.array().toFloatArray(), kept.array().getShape().getShape())));
      stored.get(name).data()[5] += 0.05f;
      lora.model().assign(stored, "spoiled");
      assertThat(lora.fromReference(file)).isGreaterThan(1e-3);
    }
    try (var other = StartedLora.of(loftq(4, 4, LAYERS), CODES, Optional.empty());
        var file =
            SafetensorsFile.open(
                Golden.folder("quant/loftq_iter5").resolve("expected.safetensors"))) {
      assertThat(other.fromReference(file)).isGreaterThan(1e-3);
    }
  }

  @Test
  void everyFurtherRoundOfLoftqComesCloserAndCodesTheBaseAnew() {
    double before = Double.MAX_VALUE;
    for (int rounds : new int[] {1, 2, 5}) {
      try (var lora = StartedLora.of(loftq(4, rounds, "v_proj"), CODES, Optional.empty())) {
        Map<String, Matrix> weights = unquantized(lora);
        double left = 0;
        for (Linear site : lora.sites()) {
          left +=
              weights.get(site.module()).minus(lora.w(site)).minus(lora.product(site)).squares();
          boolean recoded = lora.w(site).minus(codes(lora, site)).largest() > 0;
          assertThat(recoded).isEqualTo(rounds > 1);
        }
        assertThat(left).isLessThan(before);
        before = left;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama, NF4", "llama, NF4_DOUBLE", "llama, INT8", "gpt2, NF4"})
  void loftqsOwnBaseIsMadeAgainFromItsFileAndMerged(String family, Quantization kind) {
    var storage = new Storage("float32", kind, false);
    Recipe.Adapter settings = loftq(4, 3, "all-linear");
    try (var base = StartedLora.open(family, storage);
        var lora = AdaptedModel.attach(base, settings, 7)) {
      moved(lora);
      Inputs probe = base.network().probe();
      assertThat(Export.own(lora, folder.resolve("own"), probe).error()).isZero();
      assertThat(Export.merged(lora, folder.resolve("merged"), probe).error()).isLessThan(2e-4);
      assertThat(Export.change(lora, folder.resolve("delta"), probe).error()).isLessThan(2e-4);
      assertThatThrownBy(
              () -> Export.lora(lora, folder.resolve("plain"), probe, new PlainLora.Limit(2, null)))
          .hasMessageContaining("coded anew");
      assertThat(folder.resolve("plain")).doesNotExist();
      Path one = folder.resolve("one.safetensors");
      assertThatThrownBy(() -> SingleFileWriter.write(lora, "kohya", one))
          .hasMessageContaining("coded anew");
      assertThat(one).doesNotExist();
      var config = Json.read(folder.resolve("own/adapter_config.json"));
      assertThat(config.path("init_lora_weights").asText()).isEqualTo("loftq");
      assertThat(config.path("loftq_config").path("loftq_iter").asInt()).isEqualTo(3);
    }
  }

  @Test
  void loftqsOwnBaseIsComputedAgainWhereAFileDoesNotTellItAndRefusedOnAWholeOne() {
    try (var base = StartedLora.open(CODES);
        var lora = AdaptedModel.attach(base, loftq(4, 3, LAYERS), 7)) {
      Export.own(lora, folder, base.network().probe());
      var silent = new LinkedHashMap<>(AdapterFolder.tensors(folder.resolve(WEIGHTS)));
      silent.keySet().removeIf(name -> name.matches(".*lora_[AB]0\\.weight"));
      try (var read = AdapterFolder.attach(base, lora.settings(), silent, "a file")) {
        assertThat(Proof.between(lora, read, base.network().probe())).isZero();
      }
    }
    try (var whole = StartedLora.open(Storage.plain("float32"))) {
      assertThatThrownBy(() -> AdapterFolder.load(whole, folder))
          .hasMessageContaining("belongs to a quantized base");
    }
  }

  @Test
  void eoraReadsWhatTheRepairedLayersBeforeItHandOn() {
    BaseModel base = StartedLora.open(CODES);
    Calibration rows = SampleBatches.some(base);
    Recipe.Adapter settings = StartedLora.settings("eora", 2, Map.of());
    try (var lora = StartedLora.on(base, settings, Optional.of(rows))) {
      Map<String, Matrix> weights = unquantized(lora);
      Linear last = lora.sites().getLast();
      Matrix lost = weights.get(last.module()).minus(lora.w(last));
      Calibration through = rows.through(updates(lora));
      double least = leastOnRows(through, last, lost, 2);
      assertThat(onRows(through, last, lost.minus(lora.product(last))))
          .isCloseTo(least, within(1e-3 * least));
      double there = leastOnRows(rows, last, lost, 2);
      assertThat(onRows(rows, last, lost.minus(lora.product(last)))).isGreaterThan(1.001 * there);
    }
  }

  /** The least sum of |(e - x) x|^2 that any x of a rank leaves on what a layer reads. */
  private static double leastOnRows(Calibration rows, Linear site, Matrix e, int rank) {
    Matrix[] sum = {null};
    for (int batch = 0; batch < rows.batches(); batch++) {
      rows.inputs(
          List.of(site),
          batch,
          Calibration.View.EVERYTHING,
          (_, x) -> {
            Matrix moved = Matrix.of(x).times(e.transposed());
            sum[0] = sum[0] == null ? moved : sum[0].above(moved);
          });
    }
    double[] spectrum = StartedLora.spectrum(sum[0]);
    double tail = 0;
    for (int i = rank; i < spectrum.length; i++) {
      tail += spectrum[i] * spectrum[i];
    }
    return tail;
  }

  private static Map<String, LowRank> updates(StartedLora lora) {
    var updates = new HashMap<String, LowRank>();
    for (Linear site : lora.sites()) {
      var tensors = lora.model().attached().layers().get(site.module()).tensors();
      updates.put(
          site.module(),
          new LowRank(tensors.get("lora_A.weight"), tensors.get("lora_B.weight"), StartedLora.S));
    }
    return updates;
  }

  /** Some training, so that A and B are not those of the start. */
  private static void moved(AdaptedModel lora) {
    List<Rows> rows = SampleBatches.rows(SampleBatches.some(lora.base()));
    try (var trainer = new Trainer(lora, Recipe.Training.defaults(), 2)) {
      trainer.step(1, rows);
      trainer.step(2, rows);
    }
  }

  private static Recipe.Adapter loftq(int rank, int rounds, String... layers) {
    Map<String, JsonNode> knobs = rounds == 1 ? Map.of() : Map.of("rounds", Json.tree(rounds));
    String[] chosen = layers.length == 1 && layers[0].equals("all-linear") ? new String[0] : layers;
    return StartedLora.settings("loftq", rank, knobs, chosen).alpha(rank);
  }

  /** What the base's own codes stand for. */
  private static Matrix codes(StartedLora lora, Linear site) {
    try (Scope scope = Kernels.get().inference()) {
      return Matrix.of(lora.model().base().lend(scope, site.weight()).array());
    }
  }

  @Test
  void eoraLeavesLessOnItsRowsThanTheSameRankOfTheErrorAloneAndNothingAtFullRank() {
    for (int rank : new int[] {2, 16}) {
      Recipe.Adapter settings = StartedLora.settings("eora", rank, Map.of(), "v_proj");
      BaseModel base = StartedLora.open(CODES);
      Calibration rows = SampleBatches.some(base);
      Recipe.Adapter plain = StartedLora.settings("loftq", rank, Map.of(), "v_proj").alpha(rank);
      try (var lora = StartedLora.on(base, settings, Optional.of(rows));
          var other = StartedLora.of(plain, CODES, Optional.empty())) {
        Map<String, Matrix> weights = unquantized(lora);
        Calibration through = rows.through(updates(lora));
        for (Linear site : lora.sites()) {
          Matrix lost = weights.get(site.module()).minus(lora.w(site));
          double here = onRows(through, site, lost.minus(lora.product(site)));
          double whole = onRows(through, site, lost);
          if (rank == 16) {
            assertThat(here).isLessThan(1e-6 * whole);
          } else {
            double simple = onRows(through, site, lost.minus(other.product(site)));
            assertThat(here).isLessThan(simple).isLessThan(whole);
          }
        }
      }
    }
  }

  @Test
  void aBaseThatIsNotQuantizedHasNothingToRepair() {
    try (var base = StartedLora.open(Storage.plain("float32"))) {
      var settings = StartedLora.settings("loftq", 4, Map.of(), LAYERS);
      assertThatThrownBy(() -> AdaptedModel.attach(base, settings, 1))
          .hasMessageContaining("repairs a quantized base");
    }
  }

  /** Sum of |e x|^2 over what a layer reads. */
  private static double onRows(Calibration rows, Linear site, Matrix e) {
    double[] sum = {0};
    for (int batch = 0; batch < rows.batches(); batch++) {
      rows.inputs(
          List.of(site),
          batch,
          new Calibration.View(false, false),
          (_, x) -> sum[0] += Matrix.of(x).times(e.transposed()).squares());
    }
    return sum[0];
  }

  private static Map<String, Matrix> unquantized(StartedLora lora) {
    var weights = new HashMap<String, Matrix>();
    try (var plain =
        StartedLora.of(
            StartedLora.settings("gaussian", 4, Map.of()),
            Storage.plain("float32"),
            Optional.empty())) {
      plain.sites().forEach(site -> weights.put(site.module(), plain.w(site)));
    }
    assertThat(weights.keySet()).containsAll(lora.sites().stream().map(Linear::module).toList());
    return weights;
  }
}
