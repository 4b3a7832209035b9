package org.adapterstudio.engine.method.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.schedule.Lamda.Layer;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LamdaTest {
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
  void columnsFreezeEvenlyUntilAllAreFrozenAtEtaOfTheRun() {
    int[] frozen = {10, 20, 30, 40, 50, 60, 70, 100};
    assertThat(Arrays.stream(frozen).map(t -> ColumnFreeze.frozen(6, t, 200, 0.3)))
        .containsExactly(1, 2, 3, 4, 5, 6, 6, 6);
  }

  @Test
  void frozenColumnsOfBDoNotMoveAlthoughWeightsDecayAndTheWholeOfBLeavesAtTheEnd() {
    try (var model = attach(Map.of("eta", Json.tree(0.5)))) {
      Layer layer = layers(model).getFirst();
      long columns = 4 * layers(model).size();
      float[][] last = {layer.b().toFloatArray()};
      int[] moved = new int[17];
      Lessons.train(
          model,
          16,
          step -> {
            float[] now = layer.b().toFloatArray();
            int frozen = ColumnFreeze.frozen(4, step, 16, 0.5);
            for (int i = 0; i < now.length; i++) {
              boolean still = i % 4 < frozen;
              moved[step] += now[i] != last[0][i] ? 1 : 0;
              assertThat(still && now[i] != last[0][i]).as("step %d, %d", step, i).isFalse();
            }
            last[0] = now;
            assertThat(layer.frozen()).as("step " + step).isEqualTo(step >= 8);
            assertThat(model.trainable().size()).isEqualTo(step >= 8 ? columns / 4 : columns / 2);
          });
      assertThat(moved[1]).isPositive();
      assertThat(moved[7]).isPositive().isLessThan(moved[1]);
      assertThat(moved[9]).isZero();
      assertThat(model.attached().trainableCount()).isEqualTo(16L * layers(model).size());
    }
  }

  @Test
  void bothStartsLeaveTheBaseAsItIs() {
    try (var plain = AdaptedModel.plain(base);
        var spectral = attach(Map.of());
        var random = attach(Map.of("start", Json.tree("random")))) {
      assertThat(Lessons.logits(spectral)).containsExactly(Lessons.logits(plain));
      assertThat(Lessons.logits(random)).containsExactly(Lessons.logits(plain));
    }
  }

  @Test
  void theSpectralStartHoldsTheFirstSingularTripletsOfW() {
    try (var model = attach(Map.of());
        Scope scope = Kernels.get().inference()) {
      Layer layer = layers(model).getFirst();
      float[] core = layer.tensors().get("lora_S").toFloatArray();
      try (var w = base.lend(scope, layer.module() + ".weight")) {
        float[] sigma = scope.call("singular_values", w.array()).toFloatArray();
        for (int i = 0; i < 16; i++) {
          double wanted = i % 5 == 0 ? sigma[i / 5] / (8.0 / 4) : 0; // s = alpha / r
          assertThat((double) core[i]).isCloseTo(wanted, org.assertj.core.data.Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void aResultIsSavedAndLoadedBitEqualWithBFrozenOrNot() {
    for (double eta : new double[] {0.3, 1}) {
      try (var model = attach(Map.of("eta", Json.tree(eta)))) {
        Lessons.train(model, 6, _ -> {});
        Path saved = folder.resolve("eta" + eta);
        AdapterFolder.write(model, saved, "");
        try (var loaded = AdapterFolder.load(base, saved)) {
          assertThat(Lessons.logits(loaded)).containsExactly(Lessons.logits(model));
        }
      }
    }
  }

  @Test
  void ranksBySpectrumKeepTheSumAndFallWithTheEnergyOfTheFirstValues() {
    int[] most = {16, 16, 16, 16, 16};
    int[] ranks = SpectralRanks.of(new double[] {0.9, 0.2, 0.5, 0.7, 0.4}, 6, 1, most);
    assertThat(Arrays.stream(ranks).sum()).isEqualTo(30);
    assertThat(List.of(ranks[1], ranks[4], ranks[2], ranks[3], ranks[0]))
        .isSortedAccordingTo((a, b) -> b - a);
    assertThat(ranks[1]).isGreaterThan(ranks[0]);
    assertThat(SpectralRanks.of(new double[] {0.4, 0.4, 0.4}, 5, 1, most)).containsOnly(5);
    int[] bounded = SpectralRanks.of(new double[] {0.99, 0.1, 0.1}, 6, 3, new int[] {8, 7, 16});
    assertThat(bounded).containsExactly(3, 7, 8);
  }

  @Test
  void layersOfTheRunGetRanksBySpectrumAndFilesKeepThem() {
    try (var model = attach(Map.of("spectral_ranks", Json.tree(true), "rank_max", Json.tree(7)))) {
      var ranks = layers(model).stream().map(Layer::rank).toList();
      assertThat(ranks.stream().mapToInt(r -> r).sum()).isEqualTo(4 * ranks.size());
      assertThat(ranks.stream().distinct().count()).isGreaterThan(1);
      Lessons.train(model, 2, _ -> {});
      AdapterFolder.write(model, folder.resolve("saved"), "");
      try (var loaded = AdapterFolder.load(base, folder.resolve("saved"))) {
        assertThat(layers(loaded).stream().map(Layer::rank).toList()).isEqualTo(ranks);
        assertThat(Compare.maxDifference(Lessons.logits(model), Lessons.logits(loaded))).isZero();
      }
    }
  }

  private AdaptedModel attach(Map<String, JsonNode> knobs) {
    return AdaptedModel.attach(base, Lessons.settings("lamda", 4, knobs), 3);
  }

  private static List<Layer> layers(AdaptedModel model) {
    return model.attached().layers().values().stream().map(Layer.class::cast).toList();
  }
}
