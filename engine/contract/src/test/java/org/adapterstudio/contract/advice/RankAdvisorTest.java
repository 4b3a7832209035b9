package org.adapterstudio.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankAdvisorTest {
  @TempDir Path folder;
  private RunFolder run;
  private int step;

  @BeforeEach
  void makeRun() {
    run = RunFolder.create(folder.resolve("run"), recipe("lora"));
    tell(new Event.Planned(200, 10, 0, 0, 0, 1, 1));
  }

  private static Recipe recipe(String method) {
    return new Recipe(1, null, null, null, Recipe.Adapter.of(method), null, null);
  }

  private void tell(Event... events) {
    try (EventLog log = EventLog.open(run.events())) {
      List.of(events).forEach(log::append);
    }
  }

  private void steps(int count, double loss) {
    for (int i = 0; i < count; i++) {
      tell(new Event.Step(++step, loss, 1e-3, 0.1, 0, 1, 1, 1, 0.1));
    }
  }

  private void spectrum(Event.Spectrum.Layer... layers) {
    tell(new Event.Spectrum(step, List.of(layers)));
  }

  private static Event.Spectrum.Layer layer(String name, double effective, double... values) {
    double squares = 0;
    var list = new java.util.ArrayList<Double>();
    for (double value : values) {
      list.add(value);
      squares += value * value;
    }
    return new Event.Spectrum.Layer(name, effective, 1, Math.sqrt(squares), list).sized(6, 10);
  }

  private RankAdvice advice() {
    return new RankAdvisor(0.95).of(RunHistory.of(run), run.recipe());
  }

  @Test
  void theSmallestRankThatKeepsTheEnergyIsAdvisedWithItsSizeAndItsError() {
    steps(20, 2);
    spectrum(layer("q", 2, 3, 1, 0, 0), layer("flat", 4, 1, 1, 1, 1));
    steps(10, 2);
    spectrum(layer("q", 2, 4, 2, 1, 0), layer("flat", 4, 1, 1, 1, 1));
    var proposal = (RankAdvice.Proposal) advice();
    assertThat(proposal.step()).isEqualTo(30);
    assertThat(proposal.changes()).containsExactly(Map.entry("q", 2), Map.entry("flat", 6));
    assertThat(proposal.cut()).isEqualTo(1);
    assertThat(proposal.grown()).isEqualTo(1);
    assertThat(proposal.parametersNow()).isEqualTo(2 * 4 * 16);
    assertThat(proposal.parametersAdvised()).isEqualTo((2 + 6) * 16);
    assertThat(proposal.layers().getFirst().error()).isCloseTo(1, within(1e-12));
    assertThat(proposal.layers().getFirst().lost()).isCloseTo(1 / 21.0, within(1e-12));
    assertThat(proposal.lost()).isCloseTo(1 / 25.0, within(1e-12));
  }

  @Test
  void ofTheLastTwoSpectraTheLargerNeedCounts() {
    steps(20, 2);
    spectrum(layer("q", 3, 1, 1, 1, 0));
    steps(10, 2);
    spectrum(layer("q", 1, 9, 0.1, 0.1, 0));
    assertThat(((RankAdvice.Proposal) advice()).changes()).containsEntry("q", 3);
  }

  @Test
  void aLayerThatNeverMovedKeepsItsRank() {
    steps(20, 2);
    spectrum(layer("q", 1, 2, 0), layer("still", 0, 0, 0));
    spectrum(layer("q", 1, 2, 0), layer("still", 0, 0, 0));
    assertThat(((RankAdvice.Proposal) advice()).changes()).containsOnlyKeys("q");
  }

  @Test
  void tooEarlyIsSaidWithTheStepFromWhichItIsNot() {
    assertThat(advice()).isInstanceOf(RankAdvice.None.class);
    steps(1, 2);
    spectrum(layer("q", 1, 0, 0));
    spectrum(layer("q", 1, 1, 0));
    assertThat(((RankAdvice.None) advice()).sentence()).contains("two spectra");
    spectrum(layer("q", 1, 1, 0));
    assertThat(((RankAdvice.None) advice()).sentence())
        .isEqualTo("Ranks are advised from step 20 on.");
  }

  @Test
  void afterAChangeTheSpectraBeforeItSayNothing() {
    steps(20, 2);
    spectrum(layer("q", 1, 2, 0, 0));
    spectrum(layer("q", 1, 2, 0, 0));
    tell(new Event.RankChanged(20, List.of(), 48, 16, 0));
    steps(25, 1);
    spectrum(layer("q", 1, 2));
    assertThat(((RankAdvice.None) advice()).sentence()).contains("since the last change");
  }

  @Test
  void whatACutLeftFlatIsNoReasonToGrow() {
    steps(20, 2);
    var cut = new Event.RankChanged.Layer("cut", 4, 2, 0.1);
    tell(new Event.RankChanged(20, List.of(cut), 48, 16, 0));
    steps(25, 1);
    spectrum(layer("cut", 2, 1, 1), layer("flat", 2, 1, 1));
    spectrum(layer("cut", 2, 1, 1), layer("flat", 2, 1, 1));
    assertThat(((RankAdvice.Proposal) advice()).changes()).containsExactly(Map.entry("flat", 4));
  }

  @Test
  void methodsWithoutPlainFactorsAreToldSo() {
    var advice = new RankAdvisor(0.9).of(RunHistory.of(run), recipe("dora"));
    assertThat(((RankAdvice.None) advice).sentence()).startsWith("The ranks of DoRA stay");
  }

  @Test
  void whetherItPaidIsToldFromAsManyStepsBeforeAsAfter() {
    assertThat(RankOutcome.of(RunHistory.of(run))).isEmpty();
    steps(30, 2);
    tell(new Event.RankChanged(30, List.of(), 1_000_000, 500_000, 0.02));
    assertThat(RankOutcome.of(RunHistory.of(run)).orElseThrow().steps()).isZero();
    steps(10, 1);
    var outcome = RankOutcome.of(RunHistory.of(run)).orElseThrow();
    assertThat(outcome.steps()).isEqualTo(10);
    assertThat(outcome.lossBefore()).isEqualTo(2);
    assertThat(outcome.lossAfter()).isEqualTo(1);
    assertThat(outcome.megabytesSaved()).isEqualTo(2);
    assertThat(outcome.lossPerMegabyte()).hasValue(-0.5);
    tell(new Event.Evaluated(30, 3, 1, true, 1, null));
    tell(new Event.Evaluated(40, 3.4, 1, false, 1, null));
    outcome = RankOutcome.of(RunHistory.of(run)).orElseThrow();
    assertThat(outcome.lossPerMegabyte().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }
}
