package org.adapterstudio.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.adapterstudio.engine.model.pass.LowRank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectionsTest {
  private static final int RANK = 3;
  private static final String B = "lora_B.weight";
  @TempDir Path folder;

  @Test
  void driftAndAnglesEqualThoseOfTheDenseUpdates() {
    try (var pico = AdaptedPico.of(folder, "lora", RANK).shaken(0.1);
        var directions = Directions.begin(pico.model(), folder.resolve("d.safetensors"))) {
      directions.measure();
      List<Matrix> start = columnSpaces(pico);
      turn(pico, 0.05, 1);
      directions.checkpointSaved();
      List<Matrix> checkpoint = columnSpaces(pico);
      turn(pico, 0.1, 2);
      List<Event.Spectrum.Layer> layers = directions.measure();
      List<Matrix> now = columnSpaces(pico);
      assertThat(layers).hasSameSizeAs(now).hasSizeGreaterThan(3);
      for (int i = 0; i < layers.size(); i++) {
        Matrix overlap = checkpoint.get(i).transposed().times(now.get(i));
        assertThat(layers.get(i).drift())
            .as(layers.get(i).name())
            .isCloseTo(1 - squares(overlap) / RANK, within(1e-4))
            .isBetween(0.01, 0.99);
        List<Double> angles = angles(start.get(i).transposed().times(now.get(i)));
        assertThat(layers.get(i).angles()).hasSize(RANK).isSorted();
        for (int k = 0; k < RANK; k++) {
          assertThat(layers.get(i).angles().get(k)).isCloseTo(angles.get(k), within(0.1));
        }
      }
    }
  }

  @Test
  void otherFactorsOfTheSameColumnSpaceHaveNotDrifted() {
    try (var pico = AdaptedPico.of(folder, "lora", RANK).shaken(0.1);
        var directions = Directions.begin(pico.model(), folder.resolve("d.safetensors"))) {
      directions.measure();
      directions.checkpointSaved();
      pico.model().attached().layers().keySet().forEach(module -> mix(pico, module));
      for (Event.Spectrum.Layer layer : directions.measure()) {
        assertThat(layer.drift()).isCloseTo(0, within(1e-5));
        assertThat(layer.angles()).allSatisfy(angle -> assertThat(angle).isLessThan(0.2));
      }
    }
  }

  @Test
  void aResumedRunMeasuresAgainstTheSameStart() {
    Path file = folder.resolve("d.safetensors");
    try (var pico = AdaptedPico.of(folder, "lora", RANK).shaken(0.1)) {
      try (var directions = Directions.begin(pico.model(), file)) {
        directions.measure();
      }
      turn(pico, 0.1, 3);
      try (var resumed = Directions.resume(pico.model(), file)) {
        Event.Spectrum.Layer layer = resumed.measure().getFirst();
        assertThat(layer.drift())
            .as("the checkpoint is what was loaded")
            .isCloseTo(0, within(1e-5));
        assertThat(layer.angles().getLast()).isGreaterThan(5);
      }
    }
  }

  @Test
  void anUpdateThatIsStillZeroPointsNowhere() {
    try (var pico = AdaptedPico.of(folder, "lora", RANK);
        var directions = Directions.begin(pico.model(), folder.resolve("d.safetensors"))) {
      directions.checkpointSaved();
      assertThat(directions.measure())
          .isNotEmpty()
          .allSatisfy(layer -> assertThat(layer.angles()).isNull())
          .allSatisfy(layer -> assertThat(layer.drift()).isNull());
      assertThat(folder.resolve("d.safetensors")).doesNotExist();
    }
  }

  @Test
  void methodsWithoutTwoFactorsTellTheirSpectraAlone() {
    try (var pico = AdaptedPico.of(folder, "lokr", RANK).shaken(0.1);
        var directions = Directions.begin(pico.model(), folder.resolve("d.safetensors"))) {
      directions.checkpointSaved();
      assertThat(directions.measure())
          .isNotEmpty()
          .allSatisfy(layer -> assertThat(layer.singularValues()).isNotEmpty())
          .allSatisfy(layer -> assertThat(layer.drift()).isNull());
    }
  }

  @Test
  void keepsNothingOnceItIsClosed() {
    try (var pico = AdaptedPico.of(folder, "lora", RANK).shaken(0.1)) {
      long before = Kernels.get().liveArrays();
      try (var directions = Directions.begin(pico.model(), folder.resolve("d.safetensors"))) {
        directions.measure();
        long once = Kernels.get().liveArrays();
        for (int i = 0; i < 5; i++) {
          directions.checkpointSaved();
          directions.measure();
        }
        int layers = pico.model().attached().layers().size();
        assertThat(Kernels.get().liveArrays()).isLessThanOrEqualTo(once + layers + 8);
      }
      assertThat(Kernels.get().liveArrays()).isEqualTo(before);
    }
  }

  private static void turn(AdaptedPico pico, double deviation, long seed) {
    var random = new Random(seed);
    pico.model()
        .attached()
        .layers()
        .keySet()
        .forEach(
            module -> {
              float[] b = pico.array(module, B).toFloatArray();
              pico.set(module, B, i -> b[i] + deviation * random.nextGaussian());
            });
  }

  /** B times an invertible matrix of rank x rank. */
  private static void mix(AdaptedPico pico, String module) {
    float[] b = pico.array(module, B).toFloatArray();
    double[][] by = {{2, 1, 0}, {0, -1, 0.5}, {0.3, 0, 1}};
    pico.set(
        module,
        B,
        i -> {
          double sum = 0;
          for (int k = 0; k < RANK; k++) {
            sum += b[i / RANK * RANK + k] * by[k][i % RANK];
          }
          return sum;
        });
  }

  /** Left singular vectors of every dense update. */
  private static List<Matrix> columnSpaces(AdaptedPico pico) {
    var spaces = new ArrayList<Matrix>();
    pico.model()
        .attached()
        .layers()
        .values()
        .forEach(
            layer -> {
              try (Scope work = Kernels.get().inference()) {
                LowRank update = layer.product(work).orElseThrow();
                NDArray dense =
                    work.call("low_rank_product", update.a(), update.b(), work.scalar(update.s()));
                NDArray u = work.callAll("factor_svd", List.of(), dense).getFirst();
                spaces.add(Matrix.of(work.call("factor_part", u, work.sizes(1, 0, RANK))));
              }
            });
    return spaces;
  }

  private static double squares(Matrix overlap) {
    double sum = 0;
    for (double value : overlap.values()) {
      sum += value * value;
    }
    return sum;
  }

  private static List<Double> angles(Matrix overlap) {
    float[] numbers = new float[overlap.values().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) overlap.values()[i];
    }
    var angles = new ArrayList<Double>();
    try (Scope work = Kernels.get().inference()) {
      NDArray core = work.floats(numbers, overlap.rows(), overlap.columns());
      for (float cosine : work.call("singular_values", core).toFloatArray()) {
        angles.add(Math.toDegrees(Math.acos(Math.min(1, cosine))));
      }
    }
    return angles;
  }
}
