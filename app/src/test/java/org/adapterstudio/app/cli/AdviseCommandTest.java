package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;

class AdviseCommandTest extends ScriptedStudio {
  private RunFolder run(int steps) {
    var synthetic = new SyntheticRun(folder.resolve("run"), SyntheticRun.recipe()).begin(1000);
    return synthetic.train(1, steps, 1000, 3).add(5, new Event.Stopped(steps)).write().run();
  }

  @Test
  void everyLayersAdvisedRankIsPrintedForPeopleAndForPrograms() {
    String run = run(200).path().toString();
    assertThat(studio("advise", run)).isZero();
    assertThat(out.toString())
        .containsPattern("model.layers.0.self_attn.q_proj +8 +[12] ")
        .contains("At step 200, 3 layers need less rank and 0 more to keep 95 % of their energy.")
        .contains("--apply` changes them");
    JsonNode answer = json("advise", run, "--json", "--energy", "1");
    assertThat(answer.path("advice").path("layers")).hasSize(3);
    assertThat(answer.path("advice").path("layers").get(0).path("advised").asInt()).isEqualTo(8);
    assertThat(studio("advise", run, "--energy", "1.5")).isEqualTo(1);
    assertThat(err.toString()).contains("--energy is 1.5");
  }

  @Test
  void tooEarlyIsASentenceAndNothingCanBeApplied() {
    String run = run(40).path().toString();
    assertThat(studio("advise", run)).isZero();
    assertThat(out.toString()).contains("Ranks are advised from step 100 on.");
    assertThat(studio("advise", run, "--apply")).isEqualTo(1);
    assertThat(err.toString()).contains("nothing to apply");
  }

  @Test
  void aRunAtRestChangesWhenItGoesOn() throws Exception {
    RunFolder run = run(200);
    assertThat(studio("advise", run.path().toString(), "--apply")).isZero();
    assertThat(out.toString()).contains("`studio resume run`");
    try (var letters = Files.list(run.inbox())) {
      Path letter = letters.toList().getFirst();
      var change = (Command.ChangeRanks) Json.as(Json.read(letter), Command.class);
      assertThat(change.ranks()).hasSize(3).containsKey("model.layers.2.self_attn.q_proj");
    }
  }

  @Test
  void aLiveRunIsWaitedForAndTellsWhatChanged() throws Exception {
    RunFolder run = run(200);
    try (EngineLock lock = EngineLock.take(run).orElseThrow()) {
      var engine = CompletableFuture.runAsync(() -> answerLetter(run));
      assertThat(studio("advise", run.path().toString(), "--apply")).isZero();
      engine.get(10, TimeUnit.SECONDS);
      assertThat(lock).isNotNull();
    }
    assertThat(out.toString())
        .contains("Ranks of 1 layers changed after step 200: 4.0 kB became 2.0 kB, 3.00 %");
  }

  private static void answerLetter(RunFolder run) {
    try {
      while (true) {
        try (var letters = Files.list(run.inbox())) {
          if (letters.anyMatch(file -> file.toString().endsWith(".json"))) {
            break;
          }
        }
        Thread.sleep(5);
      }
      try (EventLog log = EventLog.open(run.events())) {
        var layer = new Event.RankChanged.Layer("q", 8, 4, 0.1);
        log.append(new Event.RankChanged(200, List.of(layer), 1000, 500, 0.03));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
