package org.adapterstudio.engine.method.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.schedule.TriAdaptLora.Layer;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriAdaptLoraTest {
  @TempDir Path folder;
  private BaseModel base;

  @BeforeEach
  void openBase() {
    base = BaseModel.load(new PicoProject(folder).base(), "float32");
  }

  @AfterEach
  void closeBase() {
    base.close();
  }

  @Test
  void theFirstStepMovesBSoThatTheStartIsNoDeadEnd() {
    try (var model = attach(8, Map.of());
        Scope scope = Kernels.get().inference()) {
      Lessons.train(model, 1, _ -> {});
      for (Layer layer : layers(model)) {
        float[] gradient = Autograd.gradient(scope, layer.tensors().get("lora_B.0")).toFloatArray();
        assertThat(Compare.largest(gradient)).as(layer.module()).isPositive();
      }
    }
  }

  @Test
  void theCoreIsALowerAndAnUpperBlockTriangleThatMeetOnTheDiagonal() {
    try (var model = attach(8, Map.of());
        Scope scope = Kernels.get().inference()) {
      Layer layer = layers(model).getFirst();
      layer.grow(2, false);
      layer.grow(3, false);
      float[] core = layer.core(scope).toFloatArray();
      int[] starts = {0, 1, 3, 6};
      for (int block = 0; block < 3; block++) {
        float[] low = layer.tensors().get("lora_C_low." + block).toFloatArray();
        float[] up = layer.tensors().get("lora_C_up." + block).toFloatArray();
        int before = starts[block];
        int size = starts[block + 1] - before;
        for (int i = before; i < before + size; i++) {
          for (int j = 0; j < before + size; j++) {
            float fromLow = low[(i - before) * (before + size) + j];
            float fromUp = j < before ? 0 : up[i * size + j - before];
            assertThat(core[i * 6 + j]).isEqualTo(fromLow + fromUp);
            assertThat(core[j * 6 + i])
                .isEqualTo(j < before ? up[j * size + i - before] : core[j * 6 + i]);
          }
        }
      }
    }
  }

  @Test
  void theCountIsThatOfTheBlocks() {
    try (var model = attach(8, Map.of())) {
      Layer layer = layers(model).getFirst();
      layer.grow(2, false);
      layer.grow(3, false);
      long in = layer.tensors().get("lora_A.0").getShape().get(1);
      long out = layer.tensors().get("lora_B.0").getShape().get(0);
      long count = layer.tensors().values().stream().mapToLong(array -> array.size()).sum();
      assertThat(count).isEqualTo(6 * (in + out) + 36 + (1 + 4 + 9));
    }
  }

  @Test
  void ranksNeverFallAndStopAtTheTarget() {
    try (var model = attach(4, Map.of())) {
      var growth = (RankGrowth) model.attached().schedule().orElseThrow();
      int layers = layers(model).size();
      var ranks = new ArrayList<Integer>(List.of(growth.ranks()));
      Lessons.train(model, 40, _ -> ranks.add(growth.ranks()));
      assertThat(ranks).isSorted();
      assertThat(ranks.getFirst()).isEqualTo(layers);
      assertThat(ranks.getLast()).isBetween(4 * layers, 4 * layers + 2 * layers);
      long growths = ranks.stream().distinct().count();
      assertThat(growths).isGreaterThan(5);
    }
  }

  @Test
  void aGrowthThatKeepsTheScaleLeavesEveryOutputAsItWas() {
    try (var model = attach(8, Map.of());
        Scope scope = Kernels.get().inference()) {
      Lessons.train(model, 2, _ -> {});
      float[] before = Lessons.logits(model);
      for (Layer layer : layers(model)) {
        layer.rescale(scope, (5 + AdaLora.DIVISOR) / (1 + AdaLora.DIVISOR));
        layer.grow(4, true);
      }
      assertThat(Compare.maxDifference(before, Lessons.logits(model))).isLessThan(1e-5);
    }
  }

  @Test
  void theReleasedGrowthShrinksTheOlderUpdateByItsDivisor() {
    try (var model = attach(8, Map.of());
        Scope scope = Kernels.get().inference()) {
      Layer layer = layers(model).getFirst();
      double before = layer.factors(scope).s();
      layer.grow(4, false);
      assertThat(layer.factors(scope).s() / before).isCloseTo(1 / 5.0, within(1e-4));
    }
  }

  @Test
  void grownLayersAreSavedAndLoadedBitEqual() {
    try (var model = attach(4, Map.of("init_warmup", Json.tree(1)))) {
      Lessons.train(model, 6, _ -> {});
      assertThat(layers(model)).anyMatch(layer -> layer.blocks() > 1);
      AdapterFolder.write(model, folder.resolve("saved"), "");
      try (var loaded = AdapterFolder.load(base, folder.resolve("saved"))) {
        assertThat(Lessons.logits(loaded)).containsExactly(Lessons.logits(model));
      }
    }
  }

  private AdaptedModel attach(int rank, Map<String, JsonNode> knobs) {
    return AdaptedModel.attach(base, Lessons.settings("triadaptlora", rank, knobs), 3);
  }

  private static List<Layer> layers(AdaptedModel model) {
    return model.attached().layers().values().stream().map(Layer.class::cast).toList();
  }
}
