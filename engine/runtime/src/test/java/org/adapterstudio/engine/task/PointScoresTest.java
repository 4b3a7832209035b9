package org.adapterstudio.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PointScoresTest {
  @Test
  void iouAndDiceAreMeansOverTheClassesThatAreThereOrFound() {
    var scores = new PointScores(4);
    // Class 3 is nowhere; the last point is not known.
    scores.count(new long[] {0, 0, 1, 1, 2, 0}, new long[] {0, 1, 1, 1, 0, -100});
    var measured = scores.measure().scores();
    double iou = (1.0 / 3 + 2.0 / 3 + 0) / 3;
    double dice = (2.0 / 4 + 4.0 / 5 + 0) / 3;
    assertThat(measured.get("iou")).isCloseTo(iou, within(1e-12));
    assertThat(measured.get("dice")).isCloseTo(dice, within(1e-12));
    assertThat(measured.get("accuracy")).isCloseTo(3.0 / 5, within(1e-12));
  }
}
