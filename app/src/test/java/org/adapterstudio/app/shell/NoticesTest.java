package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {
  private final Notices notices = new Notices();
  private final List<Failure> shown = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  @TempDir Path folder;
  private UncaughtFailures uncaught;

  @BeforeEach
  void net() {
    uncaught = new UncaughtFailures(shown::add, now::get, folder.resolve("logs/window.log"));
  }

  @Test
  void theSameFailureIsOneCard() {
    notices.show(Failure.badInput("No model.", "Choose one."));
    notices.show(Failure.badInput("No model.", "Choose one."));
    assertThat(notices.shown()).hasSize(1);
  }

  @Test
  void theOldestGivesWayWhenThereAreTooMany() {
    for (int n = 0; n <= Notices.MOST; n++) {
      notices.say("sentence " + n);
    }
    assertThat(notices.shown()).hasSize(Notices.MOST);
    assertThat(notices.shown().getFirst().sentence()).isEqualTo("sentence 1");
  }

  @Test
  void whatHappenedStaysWithAWayToIt() {
    var gone = new ArrayList<String>();
    notices.tell("“a” failed", true, new Notices.Act("Show", () -> gone.add("a")));
    notices.tell("“a” failed", true, new Notices.Act("Show", () -> gone.add("a")));
    assertThat(notices.shown()).singleElement().satisfies(card -> card.act().run().run());
    assertThat(notices.shown().getFirst().bad()).isTrue();
    assertThat(gone).containsExactly("a");
  }

  @Test
  void aDismissedCardIsGone() {
    notices.say("hello");
    notices.dismiss(notices.shown().getFirst());
    assertThat(notices.shown()).isEmpty();
  }

  @Test
  void anUncaughtMistakeIsShownOnceInTenSecondsAndThenCounted() {
    var mistake = new IllegalStateException("no such thing");
    for (int n = 0; n < 5; n++) {
      uncaught.uncaughtException(Thread.currentThread(), mistake);
    }
    assertThat(shown)
        .singleElement()
        .satisfies(
            card -> {
              assertThat(card.sentence()).contains("no such thing");
              assertThat(card.detail()).contains("NoticesTest");
            });
    assertThat(folder.resolve("logs/window.log")).content().containsOnlyOnce("no such thing\n\tat");
    now.set(10_001);
    uncaught.uncaughtException(Thread.currentThread(), mistake);
    assertThat(shown).hasSize(2);
    assertThat(shown.getLast().action()).contains("4 more");
  }

  @Test
  void anUncaughtFailureKeepsItsOwnWords() {
    uncaught.uncaughtException(
        Thread.currentThread(), StudioException.badInput("The disk is full.", "Make room."));
    assertThat(shown).containsExactly(Failure.badInput("The disk is full.", "Make room."));
  }
}
