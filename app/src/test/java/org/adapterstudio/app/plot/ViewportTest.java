package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewportTest {
  private final Viewport viewport = new Viewport();

  @BeforeEach
  void begin() {
    viewport.grow(1000);
  }

  @Test
  void showsAllUntilSomethingIsChosen() {
    assertThat(viewport.zoomProperty().get()).isNull();
    assertThat(viewport.followingProperty().get()).isTrue();
    viewport.grow(1100);
    assertThat(viewport.zoomProperty().get()).isNull();
  }

  @Test
  void aZoomedViewThatReachesTheNewestStepGoesOnWithIt() {
    viewport.look(new Range(800, 1000));
    viewport.grow(1050);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(850, 1050));
  }

  @Test
  void aLookAtThePastStaysWhereItIsUntilTheNewestIsFollowedAgain() {
    viewport.look(new Range(100, 300));
    viewport.grow(1050);
    assertThat(viewport.followingProperty().get()).isFalse();
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(100, 300));
    viewport.follow(true);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(850, 1050));
  }

  @Test
  void notFollowingHoldsTheWholeViewStill() {
    viewport.follow(false);
    viewport.grow(2000);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(0, 1000));
    viewport.follow(true);
    assertThat(viewport.zoomProperty().get()).isNull();
  }

  @Test
  void looksCloserAndFurtherAroundAStepAndNeverOutsideTheRun() {
    viewport.scale(0.5, 900);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(450, 950));
    viewport.pan(0.5);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(500, 1000));
    viewport.look(new Range(40.2, 40.3));
    assertThat(viewport.zoomProperty().get().length()).isEqualTo(2);
    viewport.scale(4000, 40);
    assertThat(viewport.zoomProperty().get()).isNull();
  }

  @Test
  void goesBackWithARunThatWasResumedEarlier() {
    viewport.look(new Range(900, 1000));
    viewport.grow(250);
    assertThat(viewport.zoomProperty().get()).isEqualTo(new Range(150, 250));
  }
}
