package org.adapterstudio.app.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.testing.Sources;
import org.adapterstudio.contract.queue.Deeds;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.NightReport;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs of the sample project, trained by real engines under a keeper that is killed between.
 */
@Timeout(300)
class QueueOfRealRunsTest {
  private static final Path ROOT = Sources.appJava().resolve("../../../..").normalize();
  private static final Path ENGINE = ROOT.resolve("engine/runtime/target");
  private static final List<String> SHORT =
      List.of(
          "training.max_steps=3",
          "training.eval_steps=0",
          "training.per_device_train_batch_size=2",
          "sampling.prompts=[]");

  @TempDir Path folder;
  private QueueFolder queue;

  @BeforeEach
  void engineIsBuilt() {
    boolean built = Files.isDirectory(ENGINE.resolve("lib"));
    if (!built) {
      System.out.println("skipped: " + ENGINE + " is made by `mvn package`");
    }
    assumeTrue(built || System.getenv("CI") != null);
    queue = new QueueFolder(folder.resolve("queue"));
  }

  @Test
  void bothFinishAlthoughTheKeeperIsKilledInTheHandOver() throws Exception {
    RunFolder first = queued("first");
    RunFolder second = queued("second");
    Process keeper = RealKeeper.start(queue, ENGINE);
    while (RunHistory.of(first).last(Event.Finished.class).isEmpty() && keeper.isAlive()) {
      Thread.sleep(20);
    }
    keeper.destroyForcibly().waitFor();
    assertThat(RunHistory.of(second).state()).isNotEqualTo(RunState.FINISHED);
    assertThat(RealKeeper.start(queue, ENGINE).waitFor()).isZero();
    for (RunFolder run : List.of(first, second)) {
      assertThat(RunHistory.of(run).state())
          .as(Files.readString(run.log()))
          .isEqualTo(RunState.FINISHED);
      assertThat(run.adapter().resolve("adapter_model.safetensors")).exists();
    }
    var deeds = new Deeds(queue.journal());
    NightReport report = NightReport.of(new QueueLooks(queue).look(deeds), deeds);
    assertThat(report.finished()).isEqualTo(2);
    assertThat(report.items())
        .extracting(NightReport.Item::state)
        .containsOnly(EntryState.FINISHED);
    assertThat(report.seconds()).isPositive();
  }

  private RunFolder queued(String name) throws IOException {
    Path sample = ROOT.resolve("sample-projects/first-adapter");
    var settings = new ArrayList<>(SHORT);
    settings.add("data.train=" + rows(sample.resolve("data/train.jsonl"), 6));
    settings.add("data.eval=" + rows(sample.resolve("data/eval.jsonl"), 1));
    Recipe recipe = RecipeFile.read(sample.resolve("recipe.json"), settings).named(name);
    RunFolder run = RunFolder.create(folder.resolve("runs").resolve(name), recipe);
    new QueueEdits(queue).add(QueueEdits.Wish.run(run, queue, true));
    return run;
  }

  /** The first rows of a file, in a file of their own. */
  private Path rows(Path file, int count) throws IOException {
    Path few = folder.resolve(file.getFileName());
    return Files.write(few, Files.readAllLines(file).subList(0, count));
  }
}
