package org.adapterstudio.app.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.engine.RunLauncher;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.queue.ActFacts;
import org.adapterstudio.contract.queue.Deeds;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.Journal;
import org.adapterstudio.contract.queue.NightReport;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.EnginesAtWork;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a keeper does at one look after the other; its engines say at once what a test tells. */
class KeeperTest {
  private static final Event DONE = new Event.Finished(3, 1);
  private static final Event OUT_OF_MEMORY =
      new Event.Failed(
          2,
          Failure.internal(
              new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried")));

  @TempDir Path folder;
  private final List<String> launched = new ArrayList<>();
  private final List<String> performed = new ArrayList<>();
  private RunLauncher engine = run -> start(run, DONE);
  private QueueFolder queue;
  private EnginesAtWork engines;

  @BeforeEach
  void folders() {
    queue = new QueueFolder(folder.resolve("queue"));
    engines = new EnginesAtWork(folder.resolve("engines"));
  }

  @Test
  void doesWhatIsDueInItsOrderAndEnds() {
    add("a");
    add("b");
    var work = new Work.Act(List.of("export", "a"), "/w");
    edits().add(new QueueEdits.Wish("m", work, List.of("b"), false, false, null));
    assertThat(keep()).isTrue();
    assertThat(launched).containsExactly("a", "b");
    assertThat(performed).containsExactly("m");
    assertThat(states()).containsOnly(EntryState.FINISHED);
  }

  @Test
  void aRunThatSomebodyElseStartedIsWaitedFor() {
    RunFolder other = run("elsewhere");
    add("a");
    try (var lock = EngineLock.take(other).orElseThrow()) {
      engines.note(other);
      look();
      assertThat(launched).isEmpty();
    }
    look();
    assertThat(launched).containsExactly("a");
  }

  @Test
  void whenMemoryRunsOutASmallerRunTakesItsPlaceFromTheStart() {
    engine = run -> start(run, micro(run) > 1 ? OUT_OF_MEMORY : DONE);
    add("a");
    assertThat(keep()).isTrue();
    assertThat(launched).containsExactly("a", "a-2", "a-2-2");
    Recipe.Training last = new RunFolder(folder.resolve("runs/a-2-2")).recipe().training();
    assertThat(last.perDeviceTrainBatchSize()).isEqualTo(1);
    assertThat(last.effectiveBatch()).as("as before").isEqualTo(16);
    assertThat(states()).containsExactly(EntryState.FINISHED);
    assertThat(report().items().getFirst().again())
        .containsExactly(
            "Memory ran out in a; a-2 took its place with micro-batch 2 x 8 instead of 4 x 4.",
            "Memory ran out in a-2; a-2-2 took its place with micro-batch 1 x 16 instead of 2 x"
                + " 8.");
  }

  @Test
  void theSmallerRunGoesOnFromTheLastSoundCheckpoint() throws Exception {
    engine = run -> start(run, micro(run) > 2 ? OUT_OF_MEMORY : DONE);
    checkpoint(add("a"), 2);
    assertThat(keep()).isTrue();
    var smaller = new RunFolder(folder.resolve("runs/a-2"));
    Origin origin = Origin.of(smaller).orElseThrow();
    assertThat(origin.step()).isEqualTo(2);
    assertThat(origin.name()).isEqualTo("a");
    assertThat(smaller.checkpointSteps()).containsExactly(2);
    assertThat(smaller.recipe().training().perDeviceTrainBatchSize()).isEqualTo(2);
  }

  @Test
  void whatCannotBeStartedFailsWithItsSentenceAndTheNextGoesOn() {
    engine =
        run -> {
          if (run.name().equals("a")) {
            throw StudioException.badInput("There is no Java here.", "Install one.");
          }
          start(run, DONE);
        };
    add("a");
    add("b");
    for (int i = 0; i < 6; i++) {
      look(InstantSource.offset(InstantSource.system(), Duration.ofMinutes(i)));
    }
    assertThat(states()).containsExactly(EntryState.FAILED, EntryState.FINISHED);
    assertThat(all().getFirst().why()).isEqualTo("There is no Java here. Install one.");
    assertThat(launched).containsExactlyInAnyOrder("a", "a", "a", "b");
  }

  @Test
  void runsOfAGridAreAskedToStopAtTheirStep() {
    engine = run -> start(run, step(5), step(6));
    RunFolder run = run("g");
    var wish = QueueEdits.Wish.run(run, queue, true);
    var place = new QueueEntry.GridPlace("grid", List.of("adapter.rank=4"), List.of(5));
    edits().add(new QueueEdits.Wish("g", wish.work(), List.of(), false, false, place));
    look();
    try (var lock = EngineLock.take(run).orElseThrow()) {
      look();
      look();
      assertThat(run.withdrawStops()).as("it was asked").isTrue();
      say(run, new Event.Stopped(6));
    }
    assertThat(states()).containsExactly(EntryState.COMPARED);
    look();
    assertThat(all().getFirst().why()).startsWith("Goes on as 1 of 1 at step 5");
    engine = other -> start(other, DONE);
    assertThat(keep()).isTrue();
    assertThat(states()).containsExactly(EntryState.FINISHED);
  }

  @Test
  void whatIsAtWorkIsNotTakenOutOfTheQueue() {
    RunFolder run = add("a");
    try (var lock = EngineLock.take(run).orElseThrow()) {
      start(run, step(1));
      assertThatThrownBy(() -> edits().remove("a"))
          .hasMessageContaining("a is at work")
          .hasMessageContaining("studio stop a");
    }
  }

  private static Event.Step step(int number) {
    return new Event.Step(number, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  private static int micro(RunFolder run) {
    return run.recipe().training().perDeviceTrainBatchSize();
  }

  private RunFolder run(String name) {
    var recipe = new Recipe(1, name, null, null, null, null, null);
    return RunFolder.create(folder.resolve("runs").resolve(name), recipe);
  }

  private RunFolder add(String name) {
    RunFolder run = run(name);
    edits().add(QueueEdits.Wish.run(run, queue, true));
    return run;
  }

  private QueueEdits edits() {
    return new QueueEdits(queue);
  }

  private Keeper keeper(InstantSource clock) {
    return new Keeper(queue, this::launch, this::perform, engines, clock);
  }

  private void launch(RunFolder run) {
    launched.add(run.name());
    engine.launch(run);
  }

  private void perform(QueueFolder of, QueueEntry entry) {
    performed.add(entry.id());
    ActFacts.write(ActFacts.made(of.act(entry)), new ActFacts.Outcome(0, 1, 2, "done"));
  }

  private boolean keep() {
    return keeper(InstantSource.system()).keep(() -> {});
  }

  private void look() {
    look(InstantSource.system());
  }

  private void look(InstantSource clock) {
    try (var journal = Journal.open(queue.journalFile())) {
      keeper(clock).tick(journal);
    }
  }

  private List<Standing> all() {
    return new QueueLooks(queue).look();
  }

  private List<EntryState> states() {
    return all().stream().map(Standing::state).toList();
  }

  private NightReport report() {
    var deeds = new Deeds(queue.journal());
    return NightReport.of(new QueueLooks(queue).look(deeds), deeds);
  }

  /** An engine takes the run and says something. */
  private static void start(RunFolder run, Event... words) {
    say(run, new Event.Started(1, "test", "cpu", 1, 0));
    say(run, words);
  }

  private static void say(RunFolder run, Event... words) {
    try (var log = EventLog.open(run.events())) {
      for (Event word : words) {
        log.append(word);
      }
    }
  }

  private static void checkpoint(RunFolder run, int step) throws IOException {
    Path place = Files.createDirectories(run.checkpoint(step));
    Files.writeString(place.resolve(StoredCheckpoint.TRAINED), "trained");
    Files.writeString(place.resolve(StoredCheckpoint.OPTIMIZER), "moments");
    var state = Json.object().put("step", step).put("best_step", 0);
    state.set("adapter", Json.tree(run.recipe().adapter()));
    Files.writeString(place.resolve(StoredCheckpoint.STATE), Json.pretty(state));
    Files.writeString(
        place.resolve(StoredCheckpoint.MANIFEST), Json.pretty(StoredCheckpoint.hashes(place)));
  }
}
