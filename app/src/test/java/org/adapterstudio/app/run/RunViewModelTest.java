package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private SyntheticRun made;
  private Instant now = Instant.ofEpochMilli(SyntheticRun.START).plusSeconds(600);

  @BeforeEach
  void create() {
    made = new SyntheticRun(folder.resolve("orders"), SyntheticRun.recipe());
  }

  @Test
  void showsTheSameAfterClosingAndOpeningAgain() {
    made.begin(300).train(1, 120, 300, 3).write();
    RunViewModel first = open();
    made.train(121, 300, 300, 3).add(9, new Event.Finished(300, 240)).write();
    first.poll();
    first.close();
    RunViewModel second = open();
    assertThat(values(second.record().loss)).isEqualTo(values(first.record().loss)).hasSize(300);
    assertThat(second.events()).isEqualTo(first.events());
    assertThat(second.headerProperty().get()).isEqualTo(first.headerProperty().get());
    assertThat(second.record().spectra).isEqualTo(first.record().spectra).hasSize(30);
  }

  @Test
  void dropsWhatAResumeSuperseded() {
    made.begin(100);
    for (int step = 1; step <= 30; step++) {
      made.step(step, 3 - step * 0.01);
    }
    made.add(1, new Event.Evaluated(25, 2.2, 10, true, 1, Map.of()));
    made.add(1, SyntheticRun.spectrum(30, 2)).write();
    RunViewModel run = open();
    assertThat(run.record().step()).isEqualTo(30);
    made.add(60_000, new Event.Started(9000, "0.1.0", "cpu", 2, 20)).step(21, 1.5).write();
    run.poll();
    assertThat(run.record().step()).isEqualTo(21);
    assertThat(run.record().lastLoss()).isEqualTo(1.5);
    assertThat(run.record().evalLoss.size()).isZero();
    assertThat(run.record().spectra).isEmpty();
    assertThat(run.record().resumes.lastX()).isEqualTo(20);
    assertThat(run.events()).extracting(EventLine::sentence).noneMatch(s -> s.contains("25"));
  }

  @Test
  void keepsEveryScoreOfATaskInPercentAndTellsItInTheEvents() {
    made.begin(100).step(50, 1);
    made.add(1, new Event.Evaluated(50, 0.6, 40, true, 1, Map.of("accuracy", 0.725)));
    made.step(100, 1);
    made.add(1, new Event.Evaluated(100, 0.5, 40, true, 1, Map.of("accuracy", 0.875))).write();
    RunViewModel run = open();
    assertThat(run.record().scores.keySet()).containsExactly("accuracy");
    assertThat(values(run.record().scores.get("accuracy"))).containsExactly(72.5, 87.5);
    assertThat(run.events())
        .extracting(EventLine::sentence)
        .contains("Held-out loss after step 100: 0.5000, best so far; accuracy 87.5\u00a0%");
    made.add(60_000, new Event.Started(9000, "0.1.0", "cpu", 2, 60)).write();
    run.poll();
    assertThat(values(run.record().scores.get("accuracy"))).containsExactly(72.5);
  }

  @Test
  void keepsTheLargestMemoryBesideItsPlan() {
    made.begin(10).step(1, 2).add(1, SyntheticRun.memory(10, 1_400_000_000L)).write();
    RunViewModel run = open();
    assertThat(run.record().memory().peakBytes()).isEqualTo(1_400_000_000L);
    assertThat(run.events())
        .extracting(EventLine::sentence)
        .anyMatch(sentence -> sentence.contains("planned 1.4 GiB (+3.6"));
    made.add(1, new Event.Started(9000, "0.1.0", "cpu", 2, 5)).write();
    run.poll();
    assertThat(run.record().memory()).isNull();
  }

  @Test
  void fillsTheTrainingFormWithItsSettings() {
    made.begin(10).write();
    open().trainAgain();
    assertThat(fakes.places).containsExactly("train");
  }

  @Test
  void offersTheChatOnlyForTasksThatHoldConversations() {
    made.begin(10).step(1, 2).write();
    assertThat(open().headerProperty().get().chats()).isTrue();
    Recipe plain = SyntheticRun.recipe();
    var model = new Recipe.Model("/models/bert", null, null, "sequence_classification");
    var recipe = new Recipe(1, null, model, plain.data(), plain.adapter(), plain.training(), null);
    made = new SyntheticRun(folder.resolve("labels"), recipe);
    made.begin(10).step(1, 2).write();
    assertThat(open().headerProperty().get().chats()).isFalse();
  }

  @Test
  void saysWhatIsSafeWhenTheEngineIsLost() throws Exception {
    made.begin(400).train(1, 320, 400, 2).write();
    Files.createDirectories(made.run().checkpoint(250));
    RunViewModel run = open();
    assertThat(run.headerProperty().get().state()).isEqualTo(RunState.ENGINE_LOST);
    assertThat(run.headerProperty().get().resume()).isEqualTo("Resume from step 250");
    Trouble trouble = run.troubleProperty().get();
    assertThat(trouble.title()).contains("320");
    assertThat(trouble.safe()).contains("step 250 is intact").contains("70 steps");
  }

  @Test
  void showsTheEnginesOwnSentenceWhenARunFailed() {
    var failure =
        new Failure(
            "non_finite_loss",
            "The loss is not a number at step 3.",
            "Lower the learning rate.",
            "row 17");
    made.begin(10).step(1, 2).step(2, 2).step(3, Double.NaN);
    made.add(1, new Event.Failed(3, failure)).write();
    RunViewModel run = open();
    Trouble trouble = run.troubleProperty().get();
    assertThat(trouble.title()).isEqualTo("The loss is not a number at step 3.");
    assertThat(trouble.advice()).isEqualTo("Lower the learning rate.");
    assertThat(trouble.detail()).isEqualTo("row 17");
    assertThat(trouble.safe()).contains("No checkpoint");
    assertThat(run.record().lastLoss()).isNaN();
    assertThat(run.record().loss.size()).isEqualTo(3);
  }

  @Test
  void forgetsAFailureThatWasResumed() {
    made.begin(10).step(1, 2);
    made.add(1, new Event.Failed(1, Failure.badInput("It broke.", ""))).write();
    RunViewModel run = open();
    made.add(1, new Event.Started(1, "0.1.0", "cpu", 1, 0)).step(1, 2);
    made.add(1, new Event.Stopped(1)).write();
    run.poll();
    assertThat(run.troubleProperty().get()).isNull();
    assertThat(run.headerProperty().get().state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void saysSinceWhenThereIsNoSignOfLife() throws Exception {
    made.begin(10).step(1, 2).write();
    Files.writeString(made.run().heartbeat(), "");
    Files.setLastModifiedTime(made.run().heartbeat(), FileTime.from(now.minusSeconds(5)));
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      RunViewModel run = open();
      assertThat(notice(run)).isEmpty();
      now = now.plusSeconds(3600); // the clock is set
      run.poll();
      assertThat(notice(run)).isEmpty();
      now = now.minusSeconds(7200);
      run.poll();
      assertThat(notice(run)).isEmpty();
      Instant sign = Files.getLastModifiedTime(made.run().heartbeat()).toInstant();
      look(run, 10);
      assertThat(notice(run))
          .startsWith("No sign of life since " + EventLine.clock(sign.toEpochMilli()))
          .contains("process 8123 is", "its lock is held.");
      assertThat(run.headerProperty().get().notice().canEnd()).isTrue();
      Files.setLastModifiedTime(made.run().heartbeat(), FileTime.from(now));
      run.poll();
      assertThat(notice(run)).isEmpty();
    }
  }

  @Test
  void offersToStopAndSaveOnlyWhileAnEngineWorks() {
    made.begin(10).step(1, 2).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      RunHeader live = open().headerProperty().get();
      assertThat(live.canStop()).isTrue();
      assertThat(live.canSave()).isTrue();
      assertThat(live.resume()).isEmpty();
    }
    RunHeader lost = open().headerProperty().get();
    assertThat(lost.canStop()).isFalse();
    assertThat(lost.canSave()).isFalse();
  }

  @Test
  void dropsCommandsIntoTheInbox() throws Exception {
    made.begin(10).step(1, 2).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      RunViewModel run = open();
      run.controls().saveNow();
      run.controls().stop();
      try (var files = Files.list(made.run().inbox())) {
        var texts = new ArrayList<String>();
        for (Path file : files.sorted().toList()) {
          texts.add(Files.readString(file));
        }
        assertThat(texts)
            .hasSize(2)
            .anyMatch(t -> t.contains("save_now"))
            .anyMatch(t -> t.contains("stop"));
      }
      assertThat(run.headerProperty().get().state()).isEqualTo(RunState.STOPPING);
      now = Instant.now().plusSeconds(42); // letters carry the time of the system
      run.poll();
      assertThat(notice(run))
          .contains("42 s", "finishes step 2", "now: 1, those since checkpoint 0");
      assertThat(run.headerProperty().get().notice().canEnd()).isTrue();
    }
  }

  @Test
  void launchesOnResumeAndShowsARefusal() {
    made.begin(10).step(1, 2).add(1, new Event.Stopped(1)).write();
    RunViewModel run = open();
    run.resume();
    assertThat(fakes.launched).containsExactly(made.run());
    assertThat(run.headerProperty().get().resume()).isEmpty();
    fakes.refusal = Failure.badInput("An engine already holds this run.", "Wait for it.");
    run.resume();
    assertThat(fakes.said).containsExactly("An engine already holds this run. Wait for it.");
    assertThat(run.headerProperty().get().resume()).isEqualTo("Start again");
  }

  @Test
  void triesTheAdapterOrElseTheNewestCheckpoint() throws Exception {
    made.begin(10).step(1, 2).write();
    RunViewModel run = open();
    run.tryInChat();
    assertThat(fakes.places).isEmpty();
    Files.createDirectories(made.run().checkpoint(1));
    run.poll();
    run.tryInChat();
    Files.createDirectories(made.run().adapter());
    run.poll();
    run.tryInChat();
    assertThat(fakes.places)
        .containsExactly(
            "chat /models/tiny-llama-28 " + made.run().checkpoint(1),
            "chat /models/tiny-llama-28 " + made.run().adapter());
  }

  @Test
  void followsTheNewestSpectrumUntilThePersonLooksBack() {
    made.begin(100)
        .add(1, SyntheticRun.spectrum(10, 3))
        .add(1, SyntheticRun.spectrum(20, 3))
        .write();
    RunViewModel run = open();
    assertThat(run.spectrumProperty().get()).isEqualTo(1);
    run.chooseSpectrum(0);
    made.add(1, SyntheticRun.spectrum(30, 3)).write();
    run.poll();
    assertThat(run.spectrumProperty().get()).isZero();
    run.chooseSpectrum(2);
    made.add(1, SyntheticRun.spectrum(40, 3)).write();
    run.poll();
    assertThat(run.spectrumProperty().get()).isEqualTo(3);
  }

  @Test
  void marksWhatDiffersFromTheDefaults() {
    List<Setting> settings = open().settings();
    assertThat(settings)
        .filteredOn(Setting::differs)
        .extracting(Setting::path)
        .contains("adapter.rank", "training.learning_rate", "training.eval_steps")
        .doesNotContain("training.warmup_ratio", "adapter.method");
    assertThat(settings)
        .filteredOn(setting -> setting.path().equals("adapter.rank"))
        .extracting(Setting::value, Setting::initial)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("8", "16"));
  }

  @Test
  void followsTheLogLineByLine() throws Exception {
    made.begin(10).write();
    Files.writeString(made.run().log(), "one\ntwo\nthr");
    RunViewModel run = open();
    assertThat(run.log()).containsExactly("one", "two");
    Files.writeString(made.run().log(), "one\ntwo\nthree\n");
    run.poll();
    run.poll();
    assertThat(run.log()).containsExactly("one", "two", "three");
  }

  @Test
  void replaysAHundredThousandStepsWithinSeconds() {
    made.begin(100_000);
    for (int step = 1; step <= 100_000; step++) {
      made.step(step, 1.0 / step);
    }
    made.write();
    long before = System.nanoTime();
    RunViewModel run = open();
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertThat(run.record().loss.size()).isEqualTo(100_000);
    assertThat(took).isLessThan(Duration.ofSeconds(8));
    long again = System.nanoTime();
    run.poll();
    assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void readsALogThatTheContractWrote() {
    try (var log = EventLog.open(made.run().events())) {
      log.append(new Event.Started(1, "0.1.0", "cpu", 1, 0));
      log.append(new Event.Step(1, Double.NaN, 1e-4, Double.POSITIVE_INFINITY, 0, 1, 1, 1, 1));
    }
    RunViewModel run = open();
    assertThat(run.record().lastLoss()).isNaN();
    assertThat(run.record().gradNorm.lastY()).isInfinite();
  }

  @Test
  void survivesAFolderThatIsGone() throws Exception {
    made.begin(10).step(1, 2).write();
    RunViewModel run = open();
    try (var files = Files.walk(made.run().path())) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    run.poll();
    assertThat(run.record().step()).isEqualTo(1);
  }

  private RunViewModel open() {
    var run = new RunViewModel(fakes.direct(folder), made.run(), () -> now);
    run.poll();
    return run;
  }

  private static String notice(RunViewModel run) {
    return run.headerProperty().get().notice().text();
  }

  private void look(RunViewModel run, int times) {
    for (int i = 0; i < times; i++) {
      now = now.plusSeconds(2);
      run.poll();
    }
  }

  private static List<Double> values(Series series) {
    var values = new ArrayList<Double>();
    for (int i = 0; i < series.size(); i++) {
      values.add(series.y(i));
    }
    return values;
  }
}
