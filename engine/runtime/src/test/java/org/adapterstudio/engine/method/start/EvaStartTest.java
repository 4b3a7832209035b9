package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaStartTest {
  private static final String[] LAYERS = {
    "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj"
  };

  @Test
  void ranksScalesAndDirectionsAreThoseOfPeft() {
    Path reference = Golden.folder("adapters/llama/eva");
    var config = Json.read(reference.resolve("adapter_config.json"));
    var settings = StartedLora.settings("eva", 8, Map.of(), LAYERS).alpha(8);
    var base = StartedLora.open(Storage.plain("float32"));
    try (var file = SafetensorsFile.open(reference.resolve("initial.safetensors"));
        var lora = StartedLora.on(base, settings, Optional.of(SampleBatches.stored(base, file)))) {
      Recipe.Adapter settled = lora.model().settings();
      JsonNode rankPattern = Json.tree(settled.rankPattern());
      assertThat(rankPattern.equals(config.path("rank_pattern")))
          .as(rankPattern.toString())
          .isTrue();
      JsonNode alphaPattern = Json.tree(settled.alphaPattern());
      assertThat(alphaPattern.equals(config.path("alpha_pattern")))
          .as(alphaPattern.toString())
          .isTrue();
      double worst = 1;
      for (Linear site : lora.sites()) {
        Matrix wanted = Matrix.of(file.floats("eva_lora_A." + site.module()));
        Matrix cosines = wanted.times(lora.a(site).transposed());
        for (int i = 0; i < wanted.rows(); i++) {
          worst = Math.min(worst, Math.abs(cosines.at(i, i)));
        }
      }
      assertThat(worst).isGreaterThan(0.9999);
      Golden.ran("adapters/llama/eva start, smallest cosine " + worst);
    }
  }

  @Test
  void aIsOrthonormalBIsZeroAndRanksKeepTheirSum() {
    try (var lora = some(Map.of())) {
      int sum = 0;
      for (Linear site : lora.sites()) {
        Matrix a = lora.a(site);
        sum += a.rows();
        assertThat(a.times(a.transposed()).fromUnit()).isLessThan(1e-5);
        assertThat(lora.b(site).largest()).isZero();
      }
      assertThat(sum).isEqualTo(4 * 12);
      assertThat(lora.model().settings().rankPattern()).isNotEmpty();
      assertThat(lora.logits(true)).containsExactly(lora.logits(false));
    }
  }

  @Test
  void withRhoOneEveryLayerKeepsItsRank() {
    try (var lora = some(Map.of("rho", DoubleNode.valueOf(1)))) {
      assertThat(lora.model().settings().rankPattern()).isEmpty();
      assertThat(lora.sites()).allSatisfy(site -> assertThat(lora.a(site).rows()).isEqualTo(4));
    }
  }

  @Test
  void whitenedDirectionsAreShorterAndStillOrthogonal() {
    try (var lora = some(Map.of("whiten", BooleanNode.TRUE))) {
      Matrix a = lora.a(lora.sites().getFirst());
      Matrix gram = a.times(a.transposed());
      assertThat(Math.abs(gram.at(0, 1))).isLessThan(1e-5);
      assertThat(gram.at(0, 0)).isLessThan(gram.at(a.rows() - 1, a.rows() - 1));
    }
  }

  @Test
  void aFolderTellsTheRanksAndIsReadBackWithoutSampleRows(@TempDir Path folder) {
    try (var lora = some(Map.of())) {
      AdapterFolder.write(lora.model(), folder, "");
      try (var read = AdapterFolder.load(lora.model().base(), folder)) {
        assertThat(read.settings().initializer()).isEqualTo("eva");
        lora.model()
            .trainable()
            .forEach(
                (name, array) ->
                    assertThat(read.trainable().get(name).toFloatArray())
                        .containsExactly(array.toFloatArray()));
      }
    }
  }

  private static StartedLora some(Map<String, JsonNode> knobs) {
    var base = StartedLora.open(Storage.plain("float32"));
    var settings = StartedLora.settings("eva", 4, knobs, LAYERS);
    return StartedLora.on(base, settings, Optional.of(SampleBatches.some(base)));
  }
}
