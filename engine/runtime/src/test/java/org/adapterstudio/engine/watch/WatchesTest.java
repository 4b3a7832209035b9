package org.adapterstudio.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;
import org.junit.jupiter.api.Test;

class WatchesTest {
  private static final Recipe RECIPE = new Recipe(1, null, null, null, null, null, null);
  private final Watches watches = Watches.of(RECIPE, 8L << 30);
  private final List<Event.Warned> warned = new ArrayList<>();

  @Test
  void threeEvaluationsAboveTheBestOneOfferToStopAndKeepIt() {
    see(evaluated(750, 1.43), saved(750), evaluated(800, 1.412), saved(800));
    see(evaluated(850, 1.431), evaluated(900, 1.46), saved(900));
    assertThat(warned).isEmpty();
    see(evaluated(950, 1.487));
    Event.Warned warning = warned.getFirst();
    assertThat(warning.sentence())
        .isEqualTo("The evaluation loss rises since step 800 (1.4120 \u2192 1.4870).");
    assertThat(warning.proof())
        .contains("1.4310, 1.4600, 1.4870 after steps 850, 900, 950")
        .contains("Best checkpoint: 800");
    assertThat(warning.acts()).containsExactly(new Act.StopKeepBest(800));
    see(evaluated(1000, 1.6));
    assertThat(warned).hasSize(1);
  }

  @Test
  void evaluationsThatFallOrWobbleNearTheBestAreNoReason() {
    see(evaluated(1, 2), evaluated(2, 1.9), evaluated(3, 1.95), evaluated(4, 1.92));
    see(evaluated(5, 1.8), evaluated(6, 1.801), evaluated(7, 1.802), evaluated(8, 1.803));
    see(evaluated(9, Double.NaN));
    assertThat(warned).isEmpty();
  }

  @Test
  void whereTheBestWasNotSavedTheCheckpointBeforeItIsOffered() {
    see(saved(500), evaluated(700, 1), saved(750));
    see(evaluated(800, 1.2), evaluated(900, 1.3), evaluated(1000, 1.4));
    assertThat(warned.getFirst().acts()).containsExactly(new Act.StopKeepBest(500));
    assertThat(warned.getFirst().proof()).contains("step 500, the last before it");
  }

  @Test
  void aGradientThatIsNearlyAlwaysClippedIsTold() {
    IntStream.rangeClosed(1, 100)
        .forEach(step -> see(step(step, 2, step % 17 == 0 ? 0.4 : 3 + step)));
    Event.Warned warning = warned.getFirst();
    assertThat(warned).hasSize(1);
    assertThat(warning.sentence())
        .isEqualTo("The gradient norm was at the clip limit for 95 of 100 steps.");
    assertThat(warning.proof()).isEqualTo("Steps 1 to 100: median norm 51.0, limit 1.00.");
    assertThat(warning.acts()).containsExactly(new Act.HalveLearningRate());
  }

  @Test
  void aGradientThatIsOftenBelowTheClipIsNoReason() {
    IntStream.rangeClosed(1, 400).forEach(step -> see(step(step, 2, step % 5 == 0 ? 0.4 : 3)));
    assertThat(warned).isEmpty();
  }

  @Test
  void aLossThatLeavesItsStartUpwardsIsTold() {
    IntStream.rangeClosed(1, 40).forEach(step -> see(step(step, 2.3, 0.5)));
    assertThat(warned).isEmpty();
    IntStream.rangeClosed(41, 60).forEach(step -> see(step(step, 4.9, 0.5)));
    assertThat(warned).hasSize(1);
    assertThat(warned.getFirst().sentence()).contains("2.3000 \u2192 4.9000");
    assertThat(warned.getFirst().acts()).containsExactly(new Act.HalveLearningRate());
  }

  @Test
  void singleHighLossesAreNoReason() {
    IntStream.rangeClosed(1, 200).forEach(step -> see(step(step, step % 7 == 0 ? 9 : 2, 0.5)));
    see(step(201, Double.POSITIVE_INFINITY, 0.5));
    assertThat(warned).isEmpty();
  }

  @Test
  void ranksFarBelowThePlannedOneOfferAPlanButOnlyLateInTheRun() {
    see(new Event.Planned(1000, 10, 1, 0, 0, 1, 1));
    see(spectrum(200, 20, 3.1, 4, 9));
    assertThat(warned).isEmpty();
    see(spectrum(300, 20, 3.1, 4, 9));
    Event.Warned warning = warned.getFirst();
    assertThat(warning.sentence())
        .isEqualTo("The effective rank is at most 3.1 of 16 in 20 of 24 layers.");
    assertThat(warning.acts()).containsExactly(new Act.PlanRank(4));
  }

  @Test
  void layersThatUseTheirRankOrHaveAnotherOneAreNoReason() {
    see(new Event.Planned(100, 10, 1, 0, 0, 1, 1));
    see(spectrum(100, 10, 3.1, 10, 9));
    var other = new Event.Spectrum.Layer("q", 1, 1, 1, List.of(1.0, 0.1));
    see(new Event.Spectrum(200, List.of(other)));
    assertThat(warned).isEmpty();
  }

  @Test
  void memoryThatIsNearlyAllOfTheMachinesOffersSmallerMicroBatches() {
    see(new Event.MemoryMeasured(0, Map.of(), 6L << 30, 7L << 30, 0));
    assertThat(warned).isEmpty();
    see(new Event.MemoryMeasured(50, Map.of(), 6L << 30, 7800L << 20, 0));
    assertThat(warned.getFirst().sentence()).contains("7,800 MiB", "8,192 MiB");
    assertThat(warned.getFirst().acts()).containsExactly(new Act.PlanBatch(2, 8));
  }

  @Test
  void aResumeGoesOnCountingAndRepeatsNoWarningOfTheLog() {
    var before = new ArrayList<Event>();
    IntStream.rangeClosed(1, 99).forEach(step -> before.add(step(step, 2, 3)));
    watches.replay(before);
    see(step(100, 2, 3));
    assertThat(warned).extracting(Event.Warned::kind).containsExactly("clip_always_hit");
    before.add(step(100, 2, 3));
    before.add(warned.getFirst());
    warned.clear();
    var next = Watches.of(RECIPE, 8L << 30);
    next.replay(before);
    assertThat(next.see(step(101, 2, 3))).isEmpty();
  }

  private void see(Event... events) {
    for (Event event : events) {
      warned.addAll(watches.see(event));
    }
  }

  private static Event.Step step(int step, double loss, double norm) {
    return new Event.Step(step, loss, 2e-4, norm, 0.1, 100, 1000, 1 << 20, 0.1);
  }

  private static Event.Evaluated evaluated(int step, double loss) {
    return new Event.Evaluated(step, loss, 10, false, 1, Map.of());
  }

  private static Event.CheckpointSaved saved(int step) {
    return new Event.CheckpointSaved(step, "step-" + step, 100, 0.1, "schedule");
  }

  /** Layers of rank 16, {@code few} of them with the low effective rank, the others with high. */
  private static Event.Spectrum spectrum(int step, int few, double low, int others, double high) {
    var values = DoubleStream.iterate(1, x -> x / 2).limit(16).boxed().toList();
    var layers =
        IntStream.range(0, few + others)
            .mapToObj(i -> new Event.Spectrum.Layer("q" + i, i < few ? low : high, 1, 1, values))
            .toList();
    return new Event.Spectrum(step, layers);
  }
}
