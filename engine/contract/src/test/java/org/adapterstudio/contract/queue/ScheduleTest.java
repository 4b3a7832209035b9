package org.adapterstudio.contract.queue;

import static org.adapterstudio.contract.queue.OnPaper.Facts.failed;
import static org.adapterstudio.contract.queue.OnPaper.Facts.finished;
import static org.adapterstudio.contract.queue.OnPaper.Facts.fresh;
import static org.adapterstudio.contract.queue.OnPaper.Facts.lost;
import static org.adapterstudio.contract.queue.OnPaper.Facts.running;
import static org.adapterstudio.contract.queue.OnPaper.Facts.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.adapterstudio.contract.Failure;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-03-02T23:30:00Z");
  private static final QuietHours QUIET = new QuietHours("22:00", "07:00", false);
  private static final QuietHours STILL = new QuietHours("22:00", "07:00", true);
  private static final ActFacts DONE = new ActFacts(false, true, outcome(0));
  private static final Failure MEMORY =
      new Failure("out_of_memory", "Memory ran out at step 3.", "Lower it.", "");

  private final OnPaper queue = new OnPaper();

  @Test
  void startsTheFirstThatWaits() {
    queue.run("a", finished()).run("b", fresh()).run("c", fresh());
    assertThat(next()).containsExactly("start b");
  }

  @Test
  void nothingIsStartedBesideARunOnTheSameDevice() {
    queue.run("a", running(3)).run("b", fresh());
    assertThat(next()).isEmpty();
    assertThat(schedule().anythingDue()).isTrue();
  }

  @Test
  void eachDeviceHasARunOfItsOwn() {
    queue
        .run("a", running(3))
        .run("b", fresh())
        .run("c", fresh().on("cuda"))
        .run("d", fresh().on("cuda:0"))
        .run("e", fresh().on("cuda:1"));
    assertThat(next()).containsExactly("start c", "start e");
  }

  @Test
  void aDeviceThatSomebodyElseHoldsIsLeftAlone() {
    queue.run("a", fresh()).run("b", fresh().on("cuda:1"));
    assertThat(next(NOON, QuietHours.NONE, "cpu")).containsExactly("start b");
    assertThat(schedule().anythingDue()).isTrue();
  }

  @Test
  void aRunThatTakesWhatThereIsSharesWithNobody() {
    queue.run("a", running(1).on("auto")).run("b", fresh()).run("c", fresh().on("cuda"));
    assertThat(next()).isEmpty();
    var other = new OnPaper().run("a", fresh().on("auto")).run("b", fresh());
    assertThat(words(other.schedule(QuietHours.NONE).next(Set.of("cuda:1"), NOON, UTC)))
        .containsExactly("start b");
  }

  @Test
  void whatIsHeldIsPassedOverAndKeepsNoKeeperAwake() {
    queue.run("a", fresh()).held();
    assertThat(next()).isEmpty();
    assertThat(schedule().anythingDue()).isFalse();
    queue.run("b", fresh());
    assertThat(next()).containsExactly("start b");
  }

  @Test
  void aStartThatMayBeOnItsWayGoesFirstWhateverTheOrderIsNow() {
    queue.run("moved-up", fresh()).run("on-its-way", fresh()).launching("on-its-way");
    assertThat(queue.standing("on-its-way").state()).isEqualTo(EntryState.STARTING);
    assertThat(next()).containsExactly("start on-its-way");
  }

  @Test
  void inQuietHoursNothingStarts() {
    queue.run("a", fresh()).run("b", running(4).on("cuda"));
    assertThat(next(NIGHT, QUIET)).isEmpty();
    assertThat(next(NOON, QUIET)).containsExactly("start a");
    assertThat(queue.schedule(QUIET).anythingDue()).isTrue();
  }

  @Test
  void quietHoursBeginAtTheirMinuteAndEndAtTheirs() {
    assertThat(QUIET.contain(java.time.LocalTime.of(21, 59))).isFalse();
    assertThat(QUIET.contain(java.time.LocalTime.of(22, 0))).isTrue();
    assertThat(QUIET.contain(java.time.LocalTime.of(6, 59))).isTrue();
    assertThat(QUIET.contain(java.time.LocalTime.of(7, 0))).isFalse();
    var noon = new QuietHours("11:00", "13:00", false);
    assertThat(noon.contain(java.time.LocalTime.of(12, 0))).isTrue();
    assertThat(noon.contain(java.time.LocalTime.of(23, 0))).isFalse();
    assertThat(QuietHours.NONE.contain(java.time.LocalTime.of(0, 0))).isFalse();
  }

  @Test
  void quietHoursStopWhatRunsAndItGoesOnAfterwards() {
    queue.run("a", running(4));
    assertThat(next(NIGHT, STILL)).containsExactly("stop a QUIET 4");
    var later = new OnPaper().run("a", stopped(5)).asked("a", Deed.Reason.QUIET, 4);
    assertThat(later.standing("a").why()).contains("after the quiet hours");
    assertThat(words(later.schedule(STILL).next(Set.of(), NIGHT, UTC))).isEmpty();
    assertThat(words(later.schedule(STILL).next(Set.of(), NOON, UTC))).containsExactly("start a");
  }

  @Test
  void aStopThatWasWrittenDownButNeverSentIsSentAgain() {
    queue.run("a", running(6)).asked("a", Deed.Reason.QUIET, 4);
    assertThat(next(NIGHT, STILL)).containsExactly("stop a QUIET 6");
    assertThat(next(NOON, STILL)).as("the quiet hours are over").isEmpty();
    var heard = new OnPaper().run("a", running(6).stopping()).asked("a", Deed.Reason.QUIET, 4);
    assertThat(words(heard.schedule(STILL).next(Set.of(), NIGHT, UTC))).isEmpty();
  }

  @Test
  void aRunThatAPersonStoppedStaysStopped() {
    queue.run("a", stopped(5)).launching("a");
    assertThat(queue.standing("a").state()).isEqualTo(EntryState.STOPPED);
    assertThat(queue.standing("a").why()).contains("by a person at step 5");
    assertThat(next()).isEmpty();
    assertThat(schedule().anythingDue()).isFalse();
  }

  @Test
  void aCommandWaitsUntilAllItComesAfterHaveFinished() {
    queue.run("a", finished()).run("b", running(5).on("cuda")).act("m", ActFacts.NONE, "a", "b");
    assertThat(next()).isEmpty();
    assertThat(queue.standing("m").why()).isEqualTo("After a, b");
    var later =
        new OnPaper().run("a", finished()).run("b", finished()).act("m", ActFacts.NONE, "a", "b");
    assertThat(words(later.schedule(QuietHours.NONE).next(Set.of(), NOON, UTC)))
        .containsExactly("start m");
  }

  @Test
  void whatComesAfterAFailureIsBlockedAndSaysBehindWhat() {
    queue
        .run("a", failed(Failure.badInput("No such file.", "")))
        .act("m", ActFacts.NONE, "a")
        .act("n", ActFacts.NONE, "m")
        .act("o", ActFacts.NONE, "gone");
    assertThat(queue.standing("m").state()).isEqualTo(EntryState.BLOCKED);
    assertThat(queue.standing("m").why()).isEqualTo("Comes after a, which failed.");
    assertThat(queue.standing("o").why()).contains("no longer in the queue");
    assertThat(next()).isEmpty();
    assertThat(schedule().anythingDue()).isFalse();
  }

  @Test
  void whatComesAfterSomethingHeldKeepsNoKeeperAwake() {
    queue.run("a", fresh()).held().act("m", ActFacts.NONE, "a");
    assertThat(queue.standing("m").state()).isEqualTo(EntryState.WAITING);
    assertThat(schedule().anythingDue()).isFalse();
  }

  @Test
  void aCommandThatFailedSaysItsLastLine() {
    queue.act("m", new ActFacts(false, true, outcome(1))).act("n", DONE);
    assertThat(queue.standing("m").state()).isEqualTo(EntryState.FAILED);
    assertThat(queue.standing("m").why()).isEqualTo("said 1");
    assertThat(queue.standing("n").state()).isEqualTo(EntryState.FINISHED);
  }

  @Test
  void aLostEngineIsResumedTwiceAndThenTheEntryFails() {
    assertThat(new OnPaper().run("a", lost(1)).standing("a").why()).contains("will be resumed");
    queue.run("a", lost(2));
    assertThat(next()).containsExactly("start a");
    var third = new OnPaper().run("a", lost(3));
    assertThat(third.standing("a").state()).isEqualTo(EntryState.FAILED);
    assertThat(third.standing("a").why()).contains("lost 3 times");
  }

  @Test
  void whatCannotBeStartedIsTriedAgainAfterAPauseThreeTimesInAll() {
    queue.run("a", fresh()).launching("a").did(100, new Deed.StartFailed("a", 1, "No room."));
    assertThat(queue.standing("a").state()).isEqualTo(EntryState.WAITING);
    assertThat(next(Instant.ofEpochSecond(101), QuietHours.NONE)).isEmpty();
    assertThat(schedule().anythingDue()).isTrue();
    assertThat(next(Instant.ofEpochSecond(106), QuietHours.NONE)).containsExactly("start a");
    queue.did(107, new Deed.StartFailed("a", 1, "No room.")).did(120, failedStart("Still none."));
    assertThat(queue.standing("a").state()).isEqualTo(EntryState.FAILED);
    assertThat(queue.standing("a").why()).isEqualTo("Still none.");
  }

  @Test
  void aClockThatWasSetBackKeepsNobodyWaiting() {
    queue.run("a", fresh()).did(1_000_000, failedStart("No room."));
    assertThat(next(Instant.ofEpochSecond(500), QuietHours.NONE)).containsExactly("start a");
  }

  @Test
  void whenMemoryRanOutASmallerBatchTakesItsPlace() {
    queue.run("a", failed(MEMORY)).run("b", fresh());
    assertThat(next()).containsExactly("shrink a to 2 x 8", "start b");
    assertThat(queue.standing("a").why()).contains("micro-batch 2 and accumulation 8");
    var single = new OnPaper().run("a", failed(MEMORY).batch(1, 16));
    assertThat(single.standing("a").state()).isEqualTo(EntryState.FAILED);
    assertThat(single.standing("a").why()).contains("Memory ran out at step 3.");
  }

  @Test
  void anotherFailureIsNotTriedAgain() {
    queue.run("a", failed(new Failure("non_finite_loss", "The loss is NaN.", "", "")));
    assertThat(next()).isEmpty();
    assertThat(queue.standing("a").state()).isEqualTo(EntryState.FAILED);
  }

  @Test
  void neverTwoOnADeviceWhateverTheQueueHolds() {
    var random = new Random(20260302);
    for (int round = 0; round < 2000; round++) {
      OnPaper any = randomQueue(random);
      var busy = random.nextBoolean() ? Set.of("cuda:0") : Set.<String>of();
      var devices = new ArrayList<>(busy);
      any.standings().stream()
          .filter(one -> one.state() == EntryState.RUNNING)
          .forEach(one -> devices.add(one.device()));
      int before = devices.size() - new HashSet<>(devices).size();
      for (Next next : any.schedule(QuietHours.NONE).next(busy, NOON, UTC)) {
        if (next instanceof Next.Launch launch) {
          devices.add(launch.what().device());
        }
      }
      assertThat(devices.size() - new HashSet<>(devices).size()).as("%s", any).isEqualTo(before);
    }
  }

  private static OnPaper randomQueue(Random random) {
    var any = new OnPaper();
    String[] devices = {"cpu", "cuda:0", "cuda:1"};
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      OnPaper.Facts facts =
          switch (random.nextInt(6)) {
            case 0 -> running(random.nextInt(50));
            case 1 -> finished();
            case 2 -> lost(1 + random.nextInt(3));
            case 3 -> failed(MEMORY);
            default -> fresh();
          };
      String id = "r" + i;
      any.run(id, facts.on(devices[random.nextInt(3)]));
      if (random.nextInt(4) == 0) {
        any.launching(id);
      }
      if (random.nextInt(5) == 0) {
        any.held();
      }
    }
    return any;
  }

  private static Deed.StartFailed failedStart(String sentence) {
    return new Deed.StartFailed("a", 1, sentence);
  }

  private static ActFacts.Outcome outcome(int exit) {
    return new ActFacts.Outcome(exit, 0, 1, "said " + exit);
  }

  private Schedule schedule() {
    return queue.schedule(QuietHours.NONE);
  }

  private List<String> next() {
    return next(NOON, QuietHours.NONE);
  }

  private List<String> next(Instant now, QuietHours quiet, String... busy) {
    return words(queue.schedule(quiet).next(Set.of(busy), now, UTC));
  }

  private static List<String> words(List<Next> next) {
    return OnPaper.words(next);
  }
}
