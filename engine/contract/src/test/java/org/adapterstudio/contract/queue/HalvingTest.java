package org.adapterstudio.contract.queue;

import static org.adapterstudio.contract.queue.OnPaper.Facts.failed;
import static org.adapterstudio.contract.queue.OnPaper.Facts.finished;
import static org.adapterstudio.contract.queue.OnPaper.Facts.fresh;
import static org.adapterstudio.contract.queue.OnPaper.Facts.running;
import static org.adapterstudio.contract.queue.OnPaper.Facts.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.Failure;
import org.junit.jupiter.api.Test;

/** Grids whose worse half is stopped at a step. */
class HalvingTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void runsOfAGridStopAtTheirStepAndAreComparedWhenAllAreThere() {
    var there =
        new OnPaper().member("a", running(200).scored(200, 1.0), 200).member("b", fresh(), 200);
    assertThat(next(there)).containsExactly("stop a COMPARE 200");
    var early = new OnPaper().member("a", running(200), 200).member("b", fresh(), 200);
    assertThat(next(early)).as("its evaluation is still to come").isEmpty();
    var waiting =
        new OnPaper()
            .member("a", stopped(201).scored(200, 1.0), 200)
            .member("b", fresh(), 200)
            .asked("a", Deed.Reason.COMPARE, 200);
    assertThat(waiting.standing("a").state()).isEqualTo(EntryState.COMPARED);
    assertThat(next(waiting)).containsExactly("start b");
  }

  @Test
  void theWorseHalfOfAGridDoesNotGoOnAndSaysWhy() {
    OnPaper grid = fourAtTwoHundred();
    List<Next> next = grid.schedule(QuietHours.NONE).next(Set.of(), NOON, ZoneOffset.UTC);
    assertThat(OnPaper.words(next)).containsExactly("halve g at 200 keeps b, d");
    grid.did(9, ((Next.Halve) next.getFirst()).verdict());
    assertThat(grid.standing("a").state()).isEqualTo(EntryState.HALVED);
    assertThat(grid.standing("a").why())
        .isEqualTo("Stopped as 3 of 4 at step 200 by held-out loss (1.4000).");
    assertThat(grid.standing("b").why())
        .isEqualTo("Goes on as 1 of 4 at step 200 by held-out loss (1.1000).");
    assertThat(next(grid)).containsExactly("start b");
  }

  @Test
  void withoutAStepAtWhichAllWereScoredTheSmoothedTrainingLossDecides() {
    var places =
        Halving.compare(
            "g",
            200,
            List.of(
                contender("a", running(201).scored(200, 0.1).trained(200, 2.0)),
                contender("b", running(201).scored(150, 9.0).trained(200, 1.0)),
                contender("c", running(201).trained(200, Double.NaN))));
    assertThat(places.measure()).isEqualTo(Halving.TRAINED);
    assertThat(places.places()).extracting(Halving.Place::entry).containsExactly("b", "a", "c");
    assertThat(places.places()).extracting(Halving.Place::kept).containsExactly(true, true, false);
    assertThat(places.places().getLast().loss()).as("no number is told for NaN").isNull();
  }

  @Test
  void aGridThatWaitsForSomethingHeldKeepsNoKeeperAwake() {
    OnPaper grid =
        new OnPaper()
            .member("a", stopped(201).scored(200, 1.0), 200)
            .asked("a", Deed.Reason.COMPARE, 200)
            .member("b", fresh(), 200)
            .held();
    assertThat(next(grid)).isEmpty();
    assertThat(grid.schedule(QuietHours.NONE).anythingDue()).isFalse();
  }

  @Test
  void whatComesAfterAGridWaitsForAllItsRuns() {
    OnPaper grid = fourAtTwoHundred().act("m", ActFacts.NONE, "g");
    assertThat(grid.standing("m").state()).isEqualTo(EntryState.WAITING);
    var over =
        new OnPaper()
            .member("a", finished(), 200)
            .member("b", failed(Failure.badInput("No.", "")), 200)
            .act("m", ActFacts.NONE, "g");
    assertThat(next(over)).containsExactly("start m");
  }

  private static OnPaper fourAtTwoHundred() {
    var grid = new OnPaper();
    double[] losses = {1.4, 1.1, 1.9, 1.2};
    for (int i = 0; i < losses.length; i++) {
      String id = String.valueOf((char) ('a' + i));
      grid.member(id, stopped(201).scored(200, losses[i]), 200, 400)
          .asked(id, Deed.Reason.COMPARE, 200);
    }
    return grid;
  }

  private static Halving.Contender contender(String id, OnPaper.Facts facts) {
    return new Halving.Contender(id, facts.get());
  }

  private static List<String> next(OnPaper queue) {
    return OnPaper.words(queue.schedule(QuietHours.NONE).next(Set.of(), NOON, ZoneOffset.UTC));
  }
}
