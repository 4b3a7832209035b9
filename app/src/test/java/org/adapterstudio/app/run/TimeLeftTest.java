package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private final TimeLeft left = new TimeLeft();

  @Test
  void saysNothingBeforeThirtySteps() {
    steps(29, 1000);
    assertThat(left.words(100)).isEqualTo("Estimating...");
    left.step(29_000, 1);
    assertThat(left.words(100)).isEqualTo("1 min 40 s \u00b1 0 s left");
  }

  @Test
  void countsThisSessionAlone() {
    steps(200, 60_000);
    left.restart();
    assertThat(left.words(10)).isEqualTo("Estimating...");
    steps(40, 500);
    assertThat(left.words(120)).startsWith("1 min 00 s");
  }

  @Test
  void spreadsWithUnsteadySteps() {
    long time = 0;
    for (int i = 0; i < 100; i++) {
      time += i % 2 == 0 ? 200 : 1800;
      left.step(time, 0.1);
    }
    String spread = left.words(1000).replaceAll(".*\u00b1 | left", "");
    assertThat(spread).isNotEqualTo("0 s");
  }

  @Test
  void isEmptyAtTheEnd() {
    steps(40, 10);
    assertThat(left.words(0)).isEmpty();
  }

  @Test
  void aClockThatIsSetBackOrForwardChangesNothing() {
    steps(40, 1000);
    String before = left.words(100);
    left.step(-3_600_000, 1);
    left.step(-3_599_000, 1);
    left.step(86_400_000, 1);
    assertThat(left.words(100)).isEqualTo(before).isEqualTo("1 min 40 s \u00b1 0 s left");
  }

  @Test
  void aPauseIsNoneOfTheTime() {
    steps(40, 1000);
    String before = left.words(100);
    left.pause();
    left.step(39_000 + 300_000, 1);
    assertThat(left.words(100)).isEqualTo(before);
  }

  private void steps(int count, long apart) {
    for (int i = 0; i < count; i++) {
      left.step(i * apart, apart / 1e3);
    }
  }
}
