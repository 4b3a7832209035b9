package org.adapterstudio.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
  @TempDir Path folder;
  private final List<RunFolder> runs = new ArrayList<>();
  private RunWatch watch;

  @BeforeEach
  void openAWindowForTheFirstTime() {
    ended("old", new Event.Finished(100, 80));
    watch = reopened();
    assertThat(watch.look(runs, Set.of())).as("what ended before the studio watched").isEmpty();
  }

  @Test
  void tellsOnceWhatBecameOfARunInTheBackground() {
    SyntheticRun made = begun("a");
    assertThat(watch.look(runs, Set.of(made.run()))).isEmpty();
    made.add(10, new Event.Finished(60, 50)).write();
    assertThat(watch.look(runs, Set.of(made.run())))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.kind()).isEqualTo(Happening.Kind.FINISHED);
              assertThat(told.run()).isEqualTo(made.run());
              assertThat(told.sentence()).isEqualTo("“a” finished all 60 steps.");
            });
    assertThat(watch.look(runs, Set.of())).as("the engine let go of its lock").isEmpty();
  }

  @Test
  void doesNotRepeatItAfterReopening() {
    SyntheticRun made = begun("a");
    made.add(10, new Event.Stopped(31)).write();
    assertThat(kinds(watch, Set.of())).containsExactly(Happening.Kind.STOPPED);
    assertThat(reopened().look(runs, Set.of())).isEmpty();
  }

  @Test
  void tellsAtReopeningWhatHappenedMeanwhile() {
    SyntheticRun made = begun("a");
    watch.look(runs, Set.of(made.run()));
    watch.close();
    made.add(10, new Event.Failed(31, Failure.badInput("The disk is full.", "Make room."))).write();
    ended("b", new Event.Finished(100, 80));
    assertThat(reopened().look(runs, Set.of()))
        .extracting(Happening::sentence)
        .containsExactly("“a” failed at step 31: The disk is full.", "“b” finished all 100 steps.");
  }

  @Test
  void anEngineGoneWithoutALastWordIsToldAsLostAndAResumedRunIsNot() {
    SyntheticRun made = begun("a");
    watch.look(runs, Set.of(made.run()));
    assertThat(kinds(reopened(), Set.of())).containsExactly(Happening.Kind.LOST);
    made.add(900, new Event.Started(8124, "0.1.0", "cpu", 2, 0)).write();
    assertThat(kinds(reopened(), Set.of(made.run()))).isEmpty();
  }

  @Test
  void aStopThatWasResumedAlreadyIsNoNews() {
    SyntheticRun made = begun("a");
    made.add(10, new Event.Stopped(31));
    made.add(900, new Event.Started(8124, "0.1.0", "cpu", 2, 0)).write();
    assertThat(kinds(watch, Set.of(made.run()))).isEmpty();
  }

  @Test
  void aNumberThatIsNotFiniteIsNamedAsSuch() {
    ended("a", new Event.Failed(30, new Failure("non_finite_loss", "The loss is NaN.", "", "")));
    assertThat(kinds(watch, Set.of())).containsExactly(Happening.Kind.NOT_FINITE);
  }

  @Test
  void manyEndingsAreOneSentence() {
    for (int n = 0; n <= RunWatch.SINGLY; n++) {
      ended("run-" + n, new Event.Finished(100, 80));
    }
    assertThat(watch.look(runs, Set.of()))
        .singleElement()
        .extracting(Happening::sentence)
        .isEqualTo("4 runs ended since the last look, 0 of them badly.");
  }

  @Test
  void aLongLogIsReadFromItsEnd() throws Exception {
    SyntheticRun made = begun("a");
    made.train(3, 1500, 1500, 2).add(10, new Event.Finished(1500, 800)).write();
    assertThat(Files.size(made.run().events())).isGreaterThan(200_000);
    assertThat(kinds(watch, Set.of())).containsExactly(Happening.Kind.FINISHED);
  }

  @Test
  void theEndOfTheQueueIsToldOnceNothingWaitsOrRuns() {
    var queue = new QueueEnd();
    assertThat(queue.look(0, 1)).as("a run alone is no queue").isEmpty();
    assertThat(queue.look(0, 0)).isEmpty();
    assertThat(queue.look(3, 1)).isEmpty();
    assertThat(queue.look(0, 1)).as("the last one still runs").isEmpty();
    assertThat(queue.look(0, 0)).map(Happening::kind).hasValue(Happening.Kind.QUEUE_DONE);
    assertThat(queue.look(0, 0)).isEmpty();
  }

  @Test
  void aFullDiskIsToldOnceUntilThereIsRoomAgain() {
    var disk = new DiskWatch();
    assertThat(disk.look(20_000_000_000L)).isEmpty();
    assertThat(disk.look(4_000_000_000L))
        .get()
        .extracting(Happening::sentence)
        .asString()
        .contains("4.0 GB");
    assertThat(disk.look(3_900_000_000L)).isEmpty();
    assertThat(disk.look(6_000_000_000L)).isEmpty();
    assertThat(disk.look(4_000_000_000L)).as("no room in between").isEmpty();
    assertThat(disk.look(20_000_000_000L)).isEmpty();
    assertThat(disk.look(4_000_000_000L)).isPresent();
  }

  private List<Happening.Kind> kinds(RunWatch watch, Set<RunFolder> live) {
    return watch.look(runs, live).stream().map(Happening::kind).toList();
  }

  private RunWatch reopened() {
    return new RunWatch(folder.resolve("told.json"));
  }

  private SyntheticRun begun(String name) {
    var made = new SyntheticRun(folder.resolve("runs/" + name), SyntheticRun.recipe());
    runs.add(made.run());
    return made.begin(100).step(1, 2.0).step(2, 1.9).write();
  }

  private void ended(String name, Event end) {
    begun(name).add(10, end).write();
  }
}
