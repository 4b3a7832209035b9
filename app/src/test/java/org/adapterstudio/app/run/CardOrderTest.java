package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CardOrderTest {
  private static final List<String> NATURAL = List.of("loss", "rank", "norm", "rate");
  private static final CardOrder NONE = new CardOrder(List.of(), List.of());

  @Test
  void leavesCardsWhereTheyComeByNature() {
    assertThat(NONE.arranged(NATURAL)).isEqualTo(NATURAL);
  }

  @Test
  void putsPinnedCardsInFrontAndLetsThemGoAgain() {
    CardOrder pinned = NONE.pin("norm").pin("rate");
    assertThat(pinned.arranged(NATURAL)).containsExactly("norm", "rate", "loss", "rank");
    assertThat(pinned.pin("norm").arranged(NATURAL))
        .containsExactly("rate", "loss", "rank", "norm");
  }

  @Test
  void movesACardAmongItsKindAndNotPastTheEnds() {
    assertThat(NONE.move("norm", -2, NATURAL).arranged(NATURAL))
        .containsExactly("norm", "loss", "rank", "rate");
    assertThat(NONE.move("loss", -1, NATURAL)).isEqualTo(NONE);
    CardOrder pinned = NONE.pin("norm").pin("rate").move("rate", -1, NATURAL);
    assertThat(pinned.arranged(NATURAL)).containsExactly("rate", "norm", "loss", "rank");
  }

  @Test
  void keepsAnOrderWhenCardsComeAndGo() {
    CardOrder moved = NONE.move("rate", -3, NATURAL);
    assertThat(moved.arranged(List.of("loss", "scores", "rank", "norm", "rate")))
        .containsExactly("rate", "loss", "scores", "rank", "norm");
    assertThat(moved.arranged(List.of("loss", "rate"))).containsExactly("rate", "loss");
  }

  @Test
  void dropsACardBeforeAnotherOne() {
    assertThat(NONE.put("rate", "rank", NATURAL).arranged(NATURAL))
        .containsExactly("loss", "rate", "rank", "norm");
    assertThat(NONE.put("loss", "rate", NATURAL).arranged(NATURAL))
        .containsExactly("rank", "norm", "loss", "rate");
    assertThat(NONE.pin("norm").put("loss", "norm", NATURAL).arranged(NATURAL))
        .containsExactly("loss", "norm", "rank", "rate");
  }
}
