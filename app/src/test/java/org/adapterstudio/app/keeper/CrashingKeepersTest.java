package org.adapterstudio.app.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.ActFacts;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.Journal;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.EnginesAtWork;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keepers that die before and after anything they do, over engines that finish, fail, run out of
 * memory and die: whatever the order, each device has one run and every entry comes to its end.
 */
class CrashingKeepersTest {
  private static final List<String> DEVICES = List.of("cpu", "cuda:0");

  @TempDir Path folder;
  private final Map<RunFolder, EngineLock> live = new HashMap<>();
  private QueueFolder queue;
  private Random random;
  private int crashes;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noEntryIsLostAndNoDeviceIsShared(long seed) throws Exception {
    random = new Random(seed);
    queue = new QueueFolder(folder.resolve("queue"));
    var ids = new HashSet<String>();
    for (int i = 0; i < 7; i++) {
      ids.add(add(i));
    }
    for (int look = 0; look < 3000 && !allEnded(); look++) {
      keeperLooks();
      enginesGoOn();
    }
    List<Standing> all = new QueueLooks(queue).look();
    assertThat(all).extracting(Standing::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(all).allSatisfy(one -> assertThat(one.state().ended()).as("%s", one).isTrue());
    assertThat(all)
        .filteredOn(one -> one.state() == EntryState.FAILED)
        .allSatisfy(one -> assertThat(one.why()).isNotEmpty());
    assertThat(crashes).isPositive();
    assertThat(live).isEmpty();
  }

  private String add(int number) {
    var training =
        new Recipe.Training(
            4,
            4,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            DEVICES.get(number % 2),
            null,
            null,
            null);
    var recipe = new Recipe(1, "run", null, null, null, training, null);
    RunFolder run = RunFolder.create(folder.resolve("runs/run-" + number), recipe);
    return new QueueEdits(queue).add(QueueEdits.Wish.run(run, queue, true)).id();
  }

  private boolean allEnded() {
    return new QueueLooks(queue).look().stream().allMatch(one -> one.state().ended());
  }

  /** One look of a keeper that may be a new one, and may die at any of its deeds. */
  private void keeperLooks() {
    InstantSource clock =
        () -> {
          crashSometimes(); // read right before a line is written
          return java.time.Instant.now();
        };
    var keeper =
        new Keeper(
            queue, this::launch, this::act, new EnginesAtWork(folder.resolve("engines")), clock);
    try (var journal = Journal.open(queue.journalFile())) {
      keeper.tick(journal);
    } catch (Crash e) {
      crashes++;
    }
  }

  private void launch(RunFolder run) {
    crashSometimes();
    String device = run.recipe().training().device();
    assertThat(live.keySet())
        .as("runs on %s", device)
        .noneMatch(other -> other.recipe().training().device().equals(device));
    live.put(run, EngineLock.take(run).orElseThrow());
    log(run, new Event.Started(1, "test", device, 1, 0));
    crashSometimes();
  }

  private void act(QueueFolder of, QueueEntry entry) {
    ActFacts.write(ActFacts.made(of.act(entry)), new ActFacts.Outcome(0, 1, 2, "done"));
  }

  private void enginesGoOn() {
    for (RunFolder run : new ArrayList<>(live.keySet())) {
      boolean large = run.recipe().training().perDeviceTrainBatchSize() > 1;
      switch (random.nextInt(6)) {
        case 0 -> end(run, new Event.Finished(3, 1));
        case 1 -> end(run, null);
        case 2 -> {
          if (large) {
            end(run, new Event.Failed(3, new Failure("out_of_memory", "Memory ran out.", "", "")));
          }
        }
        default -> log(run, new Event.Step(1, 1, 1, 1, 1, 1, 1, 1, 1));
      }
    }
  }

  private void end(RunFolder run, Event word) {
    if (word != null) {
      log(run, word);
    }
    live.remove(run).close();
  }

  private static void log(RunFolder run, Event event) {
    try (var log = EventLog.open(run.events())) {
      log.append(event);
    }
  }

  private void crashSometimes() {
    if (random.nextInt(5) == 0) {
      throw new Crash();
    }
  }

  /** A kill: nothing catches it but the test. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
