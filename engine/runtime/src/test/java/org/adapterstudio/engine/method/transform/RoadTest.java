package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoadTest {
  @TempDir Path folder;

  @Test
  void withScalesOfOnePairsKeepTheirLength() {
    try (var pico = AdaptedPico.of(folder, "road", 4, "group_size=8")) {
      pico.set(SQUARE, "road_theta", i -> Math.sin(i));
      Matrix before = pico.weight(SQUARE);
      Matrix after = pico.merged(SQUARE);
      for (int column = 0; column < 32; column++) {
        for (int pair = 0; pair < 4; pair++) {
          double was = Math.hypot(before.at(pair, column), before.at(pair + 4, column));
          double is = Math.hypot(after.at(pair, column), after.at(pair + 4, column));
          assertThat(is).isCloseTo(was, within(1e-6));
        }
      }
      assertThat(pico.change(SQUARE).largest()).isGreaterThan(0.01);
    }
  }

  @Test
  void theVariantsAreOneAnotherWhereTheirAnglesAgree() {
    try (var one = AdaptedPico.of(folder, "road", 4, "group_size=8");
        var two = AdaptedPico.of(folder, "road", 4, "group_size=8", "variant=road_2");
        var four = AdaptedPico.of(folder, "road", 4, "group_size=8", "variant=road_4")) {
      one.set(SQUARE, "road_theta", i -> angle(i / 4, i % 4));
      two.set(SQUARE, "road_theta", i -> angle(i / 8, i % 4));
      four.set(SQUARE, "road_theta", i -> angle(i / 16, i % 4));
      assertThat(two.merged(SQUARE).minus(one.merged(SQUARE)).largest()).isLessThan(1e-7);
      assertThat(four.merged(SQUARE).minus(one.merged(SQUARE)).largest()).isLessThan(1e-7);
    }
  }

  private static double angle(int group, int pair) {
    return Math.sin(4.0 * group + pair);
  }

  @Test
  void theBiasIsTurnedWithTheWeight() {
    try (var pico = AdaptedPico.on(Golden.folder("models/gpt2"), "road", 4).shaken(0.2)) {
      double apart = Compare.maxDifference(pico.logits(), pico.mergedLogits(folder));
      assertThat(apart).isLessThan(1e-4);
      assertThat(Compare.maxDifference(pico.logits(), pico.baseLogits())).isGreaterThan(1e-2);
    }
  }

  @Test
  void variantsTrainOneTwoAndFourTimesTheOutputs() {
    for (int times : new int[] {1, 2, 4}) {
      try (var pico = AdaptedPico.of(folder, "road", 4, "variant=road_" + times)) {
        assertThat(pico.trained(FLAT)).isEqualTo(16L * times);
      }
    }
  }
}
