package org.adapterstudio.app.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keeper processes killed with signal 9 around the hand-over from one run to the next. */
@Timeout(180)
class KilledKeeperTest {
  private static final int KILLS = Integer.getInteger("studio.kills", 20);

  @TempDir Path folder;
  private final List<RunFolder> runs = new ArrayList<>();

  @Test
  void noRunIsLostAndNoneIsBesideAnotherHoweverOftenItsKeeperIsKilled() throws Exception {
    long seed = System.nanoTime();
    System.out.println("queue kills: " + KILLS + ", seed " + seed);
    var random = new Random(seed);
    var queue = new QueueFolder(folder.resolve("queue"));
    for (int i = 0; i < 5; i++) {
      queue(queue, "run-" + i);
    }
    for (int kill = 0; kill < KILLS; kill++) {
      Process keeper = EchoKeeper.start(queue);
      while (keeper.isAlive() && !queue.kept()) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(250));
      keeper.destroyForcibly().waitFor();
      assertThat(runs.stream().filter(EngineLock::held).count()).isLessThanOrEqualTo(1);
    }
    assertThat(EchoKeeper.start(queue).waitFor()).isZero();
    assertThat(new QueueLooks(queue).look())
        .hasSize(5)
        .extracting(Standing::state)
        .containsOnly(EntryState.FINISHED);
    assertNoneBesideAnother();
  }

  /** From its first event to its last word each engine was alone. */
  private void assertNoneBesideAnother() {
    var spans = new ArrayList<long[]>();
    for (RunFolder run : runs) {
      List<EventLog.Entry> entries = EventLog.readAll(run.events());
      assertThat(entries)
          .filteredOn(entry -> entry.event() instanceof Event.Started)
          .as("engines of %s", run.name())
          .hasSize(1);
      spans.add(new long[] {entries.getFirst().time(), entries.getLast().time()});
    }
    spans.sort(Comparator.comparingLong(span -> span[0]));
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i)[0]).isGreaterThanOrEqualTo(spans.get(i - 1)[1]);
    }
  }

  private void queue(QueueFolder queue, String name) {
    var recipe = new Recipe(1, name, null, null, null, null, null);
    RunFolder run = RunFolder.create(folder.resolve("runs").resolve(name), recipe);
    runs.add(run);
    new QueueEdits(queue).add(QueueEdits.Wish.run(run, queue, true));
  }
}
