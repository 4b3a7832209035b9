package org.adapterstudio.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLooksTest {
  private static final Event.Started START = new Event.Started(1, "t", "cpu", 1, 0);

  @TempDir Path folder;
  private final RunLooks looks = new RunLooks();
  private RunFolder run;

  @BeforeEach
  void create() {
    run =
        RunFolder.create(folder.resolve("run"), new Recipe(1, null, null, null, null, null, null));
  }

  @Test
  void whatAResumeSupersededIsTakenBack() {
    say(START, step(1, 4), step(2, 3), evaluated(2, 3), step(3, 2), evaluated(3, 0.1));
    assertThat(look().ending()).isEqualTo(RunFacts.Ending.LOST);
    assertThat(look().heldOut()).containsOnlyKeys(2, 3);
    say(new Event.Started(2, "t", "cpu", 1, 2), step(3, 8));
    RunFacts facts = look(3);
    assertThat(facts.heldOut()).containsOnlyKeys(2);
    assertThat(facts.losses()).as("the second one is gone too").isEqualTo(2);
    double expected = (0.81 * 4 + 0.9 * 3 + 8) * 0.1 / (1 - 0.729);
    assertThat(facts.trained().get(3)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void onlyWhatCameSinceItWasQueuedCounts() {
    say(START, step(1, 4), new Event.Stopped(1));
    RunFacts facts = looks.look(run, 3, List.of());
    assertThat(facts.ending()).isEqualTo(RunFacts.Ending.NONE);
    assertThat(facts.step()).isEqualTo(1);
    say(new Event.Started(2, "t", "cpu", 1, 1), new Event.Finished(2, 1));
    assertThat(looks.look(run, 3, List.of()).ending()).isEqualTo(RunFacts.Ending.FINISHED);
    assertThat(looks.look(run, 3, List.of()).launches()).isEqualTo(1);
  }

  @Test
  void aLiveEngineHasNoEndingAndATornLineWaitsForItsRest() throws Exception {
    say(START, step(1, 4));
    try (var lock = EngineLock.take(run).orElseThrow()) {
      assertThat(look().live()).isTrue();
      assertThat(look().ending()).isEqualTo(RunFacts.Ending.NONE);
      String line = "{\"seq\":3,\"time\":9,\"type\":\"stopped\",\"step\":1}\n";
      Files.writeString(run.events(), line.substring(0, 20), StandardOpenOption.APPEND);
      assertThat(look().lastSeq()).isEqualTo(2);
      Files.writeString(run.events(), line.substring(20), StandardOpenOption.APPEND);
      assertThat(look().lastSeq()).isEqualTo(3);
    }
    assertThat(look().state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void aPauseIsSeenUntilTheRunGoesOn() {
    say(START, step(1, 4), new Event.Paused(1));
    try (var lock = EngineLock.take(run).orElseThrow()) {
      assertThat(look().state()).isEqualTo(RunState.PAUSED);
      assertThat(look().live()).isTrue();
      say(new Event.WentOn(1));
      assertThat(look().state()).isNotEqualTo(RunState.PAUSED);
    }
  }

  private RunFacts look(Integer... compareAt) {
    return looks.look(run, 0, List.of(compareAt));
  }

  private static Event.Step step(int step, double loss) {
    return new Event.Step(step, loss, 1, 1, 1, 1, 1, 1, 1);
  }

  private static Event.Evaluated evaluated(int step, double loss) {
    return new Event.Evaluated(step, loss, 1, true, 1, Map.of());
  }

  private void say(Event... events) {
    try (var log = EventLog.open(run.events())) {
      for (Event event : events) {
        log.append(event);
      }
    }
  }
}
