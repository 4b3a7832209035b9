package org.adapterstudio.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.Deed;
import org.adapterstudio.contract.queue.Halving;
import org.adapterstudio.contract.queue.Journal;
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

class QueuePictureTest {
  @TempDir Path folder;
  private QueueFolder queue;
  private QueueEdits edits;

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    queue = QueueFolder.of(folder);
    edits = new QueueEdits(queue);
  }

  @Test
  void showsANightsWorkInBothThemes() {
    var live = night();
    try (var lock = EngineLock.take(live.run()).orElseThrow()) {
      assertThat(picture("queue-light", 1000, 600, false, false)).isGreaterThan(100);
      assertThat(picture("queue-dark", 960, 600, true, false)).isGreaterThan(100);
      assertThat(picture("queue-report-light", 960, 600, false, true)).isGreaterThan(100);
      assertThat(picture("queue-report-dark", 960, 600, true, true)).isGreaterThan(100);
    }
  }

  @Test
  void saysWhatToDoWhenNothingWaits() {
    assertThat(picture("queue-empty-light", 880, 540, false, false)).isGreaterThan(30);
  }

  private SyntheticRun night() {
    grid("orders-lr1e-4", "training.learning_rate=1e-4", 0.61);
    grid("orders-lr4e-4", "training.learning_rate=4e-4", 0.74);
    var verdict =
        List.of(
            new Halving.Place("orders-lr1e-4", 0.61, true),
            new Halving.Place("orders-lr4e-4", 0.74, false));
    try (var journal = Journal.open(queue.journalFile())) {
      for (Halving.Place place : verdict) {
        journal.write(
            SyntheticRun.START,
            new Deed.StopAsked(
                place.entry(), 1, "runs/" + place.entry(), 1, Deed.Reason.COMPARE, 200));
      }
      journal.write(
          SyntheticRun.START, new Deed.Halved("orders-grid", 200, Halving.HELD_OUT, verdict));
    }
    add("summaries-r32")
        .begin(1000)
        .train(1, 1000, 1000, 2)
        .add(9, new Event.Finished(1000, 812))
        .write();
    add("broken")
        .begin(1000)
        .add(
            3,
            new Event.Failed(
                0, Failure.badInput("Row 5 518 of orders.jsonl has no answer.", "Correct it.")))
        .write();
    var live = add("reviews").begin(1000).train(1, 640, 1000, 2).write();
    add("a-run-with-a-name-that-is-far-too-long-to-stand-in-one-line-of-any-queue");
    add("later");
    edits.hold("later", true);
    act("export-reviews", List.of("export", "reviews", "--as", "merged", "--out", "m"), "reviews");
    act("score-broken", List.of("score", "broken"), "broken");
    queue.quiet(new QuietHours("22:00", "07:00", true));
    return live;
  }

  private void grid(String name, String setting, double loss) {
    var made = new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe());
    var wish = QueueEdits.Wish.run(made.run(), queue, true);
    var place = new QueueEntry.GridPlace("orders-grid", List.of(setting), List.of(200));
    edits.add(new QueueEdits.Wish(name, wish.work(), List.of(), false, false, place));
    made.begin(1000)
        .step(200, loss)
        .add(5, new Event.Evaluated(200, loss, 490, true, 2, java.util.Map.of()))
        .add(5, new Event.Stopped(200))
        .write();
  }

  private void act(String id, List<String> command, String after) {
    var work = new Work.Act(command, folder.toString());
    edits.add(new QueueEdits.Wish(id, work, List.of(after), false, false, null));
  }

  private SyntheticRun add(String name) {
    var made = new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe());
    edits.add(QueueEdits.Wish.run(made.run(), queue, true));
    return made;
  }

  private int picture(String name, int width, int height, boolean dark, boolean report) {
    var services = new FakeServices().with(folder, Runnable::run, Runnable::run);
    Screen.stage();
    var model = new QueueViewModel(services, InstantSource.system());
    var view = Screen.call(() -> new QueueView(model));
    Screen.run(() -> model.reportingProperty().set(report));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
