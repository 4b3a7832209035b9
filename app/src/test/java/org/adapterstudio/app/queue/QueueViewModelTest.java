package org.adapterstudio.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QuietHours;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private QueueFolder queue;
  private QueueEdits edits;
  private QueueViewModel model;

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    queue = QueueFolder.of(folder);
    edits = new QueueEdits(queue);
    model = new QueueViewModel(fakes.direct(folder), () -> now);
  }

  @Test
  void showsWhatRunsAndWhatWaitsInItsOrder() {
    var running = add("a").begin(1000).step(1, 3).step(2, 2.5).write();
    add("b");
    edits.add(
        new QueueEdits.Wish(
            "m", new Work.Act(List.of("export", "a"), "/w"), List.of("a"), false, false, null));
    try (var lock = EngineLock.take(running.run()).orElseThrow()) {
      model.refresh();
      assertThat(model.rows()).extracting(QueueRow::id).containsExactly("a", "b", "m");
      assertThat(row("a").state()).isEqualTo(EntryState.RUNNING);
      assertThat(row("a").steps()).isEqualTo("2 / 1\u202f000");
      assertThat(row("m").name()).isEqualTo("studio export a");
      assertThat(model.summaryProperty().get()).isEqualTo("1 running · 2 waiting");
      assertThat(row("a").canRemove()).isFalse();
    }
  }

  @Test
  void movesByOneUpAndDownAndByDropping() {
    List.of("a", "b", "c").forEach(this::add);
    model.refresh();
    model.step(row("c"), true);
    assertThat(ids()).containsExactly("a", "c", "b");
    model.step(row("a"), false);
    assertThat(ids()).containsExactly("c", "a", "b");
    model.step(row("c"), true);
    model.step(row("b"), false);
    assertThat(ids()).containsExactly("c", "a", "b");
    model.move(row("c"), Integer.MAX_VALUE);
    assertThat(ids()).containsExactly("a", "b", "c");
  }

  @Test
  void twoMovesInAHurryAreBothMade() {
    List.of("a", "b", "c").forEach(this::add);
    var work = new ArrayDeque<Runnable>();
    model = new QueueViewModel(fakes.with(folder, work::add, Runnable::run), () -> now);
    model.refresh();
    work.remove().run();
    model.refresh(); // a look that begins before the moves
    model.step(row("c"), true);
    model.step(row("c"), true);
    assertThat(ids()).containsExactly("c", "a", "b");
    while (!work.isEmpty()) {
      work.remove().run();
      assertThat(ids()).as("never back to an older order").containsExactly("c", "a", "b");
    }
    assertThat(queue.entries()).extracting(QueueEntry::id).containsExactly("c", "a", "b");
  }

  @Test
  void whatIsTakenOutComesBackWithinThirtySeconds() {
    List.of("a", "b").forEach(this::add);
    model.refresh();
    model.remove(row("a"));
    assertThat(ids()).containsExactly("b");
    assertThat(model.removedProperty().get().name()).isEqualTo("a");
    now = now.plusSeconds(29);
    model.refresh();
    model.undo();
    assertThat(ids()).containsExactly("a", "b");
    assertThat(model.removedProperty().get()).isNull();
    model.remove(row("b"));
    now = now.plusSeconds(31);
    model.refresh();
    assertThat(model.removedProperty().get()).isNull();
  }

  @Test
  void holdsLetsGoAndTriesAgain() {
    var run = add("a");
    model.refresh();
    model.hold(row("a"), true);
    assertThat(row("a").held()).isTrue();
    model.hold(row("a"), false);
    assertThat(row("a").state()).isEqualTo(EntryState.WAITING);
    run.begin(10).add(5, new Event.Stopped(4)).write();
    model.refresh();
    assertThat(row("a").canRetry()).isTrue();
    model.retry(row("a"));
    assertThat(row("a").state()).isEqualTo(EntryState.WAITING);
  }

  @Test
  void clearingTakesOutWhatHasEndedAndCanBeUndone() {
    add("a").begin(10).add(5, new Event.Finished(10, 4)).write();
    add("b");
    model.refresh();
    assertThat(model.reportProperty().get().finished()).isEqualTo(1);
    model.clear();
    assertThat(ids()).containsExactly("b");
    model.undo();
    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void quietHoursAreCheckedBeforeTheyAreKept() {
    model.quiet("22:00", "7:00", true);
    assertThat(model.quietProperty().get()).isEqualTo(new QuietHours("22:00", "07:00", true));
    model.quiet("22:00", "25:00", false);
    assertThat(fakes.said).singleElement().asString().contains("\"25:00\" is not a time of day");
    assertThat(model.quietProperty().get().to()).isEqualTo("07:00");
    model.quiet("", "", true);
    assertThat(model.quietProperty().get().set()).isFalse();
  }

  @Test
  void opensTheRunOfAnEntry() {
    add("a");
    model.refresh();
    model.open(row("a"));
    model.train();
    assertThat(fakes.places).containsExactly("run a", "train");
  }

  private SyntheticRun add(String name) {
    var made = new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe());
    edits.add(QueueEdits.Wish.run(made.run(), queue, true));
    return made;
  }

  private List<String> ids() {
    return model.rows().stream().map(QueueRow::id).toList();
  }

  private QueueRow row(String id) {
    return model.rows().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
  }
}
