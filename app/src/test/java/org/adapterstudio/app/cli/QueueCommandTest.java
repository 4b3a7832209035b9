package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueCommandTest extends ScriptedStudio {
  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    Files.writeString(folder.resolve("recipe.json"), "{\"model\": {\"path\": \"base\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add", "then", "move", "remove", "restore", "hold", "release", "retry", "clear", "start",
        "grid", "quiet", "report"
      })
  void everyCommandOfTheQueueExplainsItselfWithAnExample(String command) {
    assertThat(studio("queue", command, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: studio queue " + command, "Example", "  studio queue " + command);
  }

  @Test
  void aQueuedRunHasItsFolderAndFrozenRecipeAtOnce() {
    JsonNode added =
        json("queue", "add", "recipe.json", "--name", "a", "--set", "adapter.rank=4", "--json");
    assertThat(added.path("id").asText()).isEqualTo("a");
    var run = RunFolder.open(Path.of(added.path("folder").asText()));
    assertThat(run.path()).isEqualTo(folder.resolve("runs/a"));
    assertThat(run.recipe().adapter().rank()).isEqualTo(4);
    assertThat(launched).as("only the keeper starts engines").isEmpty();
    assertThat(ids()).containsExactly("a");
    assertThat(json("queue", "--json").get(0).path("state").asText()).isEqualTo("waiting");
  }

  @Test
  void theListTellsStatesInWordsAndWhenNobodyKeepsIt() {
    assertThat(studio("queue")).isZero();
    assertThat(out.toString()).contains("Nothing in the queue", "studio queue add recipe.json");
    add("a");
    out.getBuffer().setLength(0);
    assertThat(studio("queue")).isZero();
    assertThat(out.toString())
        .containsPattern("a +waiting +- +cpu")
        .contains("No keeper is at work");
  }

  @Test
  void entriesMoveAndGoAndComeBack() {
    List.of("a", "b", "c").forEach(this::add);
    assertThat(studio("queue", "move", "c", "--first")).isZero();
    assertThat(studio("queue", "move", "a", "--before", "b")).isZero();
    assertThat(ids()).containsExactly("c", "a", "b");
    assertThat(studio("queue", "remove", "a")).isZero();
    assertThat(ids()).containsExactly("c", "b");
    assertThat(Files.exists(folder.resolve("runs/a"))).as("its run was never started").isFalse();
    assertThat(studio("queue", "restore", "a")).isZero();
    assertThat(ids()).containsExactly("c", "a", "b");
    assertThat(RunFolder.open(folder.resolve("runs/a")).name()).isEqualTo("a");
    assertThat(studio("queue", "restore", "a")).isEqualTo(1);
    assertThat(studio("queue", "remove", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no \"nobody\" in the queue");
  }

  @Test
  void manyMovesIntoTheSameGapKeepTheOrder() {
    List.of("a", "b", "c").forEach(this::add);
    for (int i = 0; i < 60; i++) {
      assertThat(
              studio("queue", "move", i % 2 == 0 ? "c" : "b", "--before", i % 2 == 0 ? "b" : "c"))
          .isZero();
      assertThat(ids())
          .containsExactlyElementsOf(i % 2 == 0 ? List.of("a", "c", "b") : List.of("a", "b", "c"));
    }
  }

  @Test
  void whatIsHeldWaitsUntilItIsReleased() {
    add("a");
    assertThat(studio("queue", "hold", "a")).isZero();
    assertThat(json("queue", "--json").get(0).path("state").asText()).isEqualTo("held");
    assertThat(studio("queue", "release", "a")).isZero();
    assertThat(json("queue", "--json").get(0).path("state").asText()).isEqualTo("waiting");
  }

  @Test
  void aCommandIsCheckedBeforeItIsQueued() {
    add("a");
    String[] export = {
      "queue", "then", "--after", "a", "export", "a", "--as", "merged", "--out", "m"
    };
    assertThat(studio(export)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("export-a");
    var work = (Work.Act) queue().entry("export-a").orElseThrow().work();
    assertThat(work.command()).containsExactly("export", "a", "--as", "merged", "--out", "m");
    assertThat(studio("queue", "then", "export", "a", "--sa", "merged")).isEqualTo(1);
    assertThat(err.toString()).contains("--sa", "studio export --help");
    assertThat(studio("queue", "then", "rm", "-rf", "x")).isEqualTo(1);
    assertThat(studio("queue", "then", "--after", "nobody", "score", "a")).isEqualTo(1);
    assertThat(studio("queue", "then", "train", "recipe.json")).isEqualTo(1);
    assertThat(err.toString()).contains("studio queue add");
    assertThat(ids()).containsExactly("a", "export-a");
  }

  @Test
  void aStoppedRunIsQueuedToBeResumedAndAFinishedOneIsRefused() {
    add("a");
    assertThat(studio("queue", "remove", "a")).isZero();
    assertThat(studio("queue", "restore", "a")).isZero();
    RunFolder run = RunFolder.open(folder.resolve("runs/a"));
    log(run, new Event.Started(1, "t", "cpu", 1, 0), new Event.Stopped(4));
    assertThat(json("queue", "--json").get(0).path("state").asText()).isEqualTo("stopped");
    assertThat(studio("queue", "add", "a")).as("it is there already").isEqualTo(1);
    assertThat(err.toString()).contains("studio queue retry a");
    assertThat(studio("queue", "retry", "a")).isZero();
    assertThat(json("queue", "--json").get(0).path("state").asText()).isEqualTo("waiting");
    log(run, new Event.Started(1, "t", "cpu", 1, 4), new Event.Finished(9, 2));
    assertThat(studio("queue", "retry", "a")).isEqualTo(1);
    assertThat(studio("queue", "clear")).isZero();
    assertThat(ids()).isEmpty();
    assertThat(Files.exists(run.recipeFile())).as("a run that was started stays").isTrue();
    assertThat(studio("queue", "add", "a")).isEqualTo(1);
    assertThat(err.toString()).contains("The run a is finished.");
  }

  @Test
  void aGridTellsItsNumberOfRunsFirstAndQueuesNothingUnasked() {
    String[] grid = {
      "queue",
      "grid",
      "recipe.json",
      "--name",
      "g",
      "--set",
      "training.max_steps=400",
      "--set",
      "training.learning_rate=1e-4,2e-4,4e-4",
      "--set",
      "adapter.rank=4,8",
      "--halve-at",
      "100,200"
    };
    assertThat(studio(grid)).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "6 runs; all to step 100, then 3 to step 200, then 2 to the end: 1,300 steps instead"
                + " of 2,400.",
            "Nothing was queued");
    assertThat(ids()).isEmpty();
    assertThat(Files.exists(folder.resolve("runs"))).isFalse();
    assertThat(studio(with(grid, "--yes"))).as(err.toString()).isZero();
    assertThat(ids()).hasSize(6).contains("g-max_steps400-lr1e-4-rank4");
    var first = queue().entries().getFirst();
    assertThat(first.held()).isFalse();
    assertThat(first.grid().grid()).isEqualTo("g-grid");
    assertThat(first.grid().halveAt()).containsExactly(100, 200);
    RunFolder run = queue().run((Work.Train) first.work());
    assertThat(run.recipe().training().learningRate()).isEqualTo(1e-4);
    assertThat(run.recipe().adapter().rank()).isEqualTo(4);
    assertThat(studio(with(grid, "--halve-at", "400", "--yes"))).isEqualTo(1);
    assertThat(err.toString()).contains("--halve-at 400 does not lie between");
  }

  @Test
  void quietHoursAreToldSetAndLifted() {
    assertThat(studio("queue", "quiet", "22:00", "7:00", "--stop")).isZero();
    assertThat(studio("queue", "quiet")).isZero();
    assertThat(out.toString())
        .contains("Quiet from 22:00 to 07:00; what runs is stopped meanwhile.");
    assertThat(studio("queue", "quiet", "7", "8:00")).isEqualTo(1);
    assertThat(studio("queue", "quiet", "07:00", "07:00")).isEqualTo(1);
    assertThat(err.toString()).contains("\"7\" is not a time of day", "would never end");
    assertThat(studio("queue", "quiet", "--off")).isZero();
    assertThat(out.toString()).contains("No quiet hours.");
  }

  @Test
  void theMorningReportTellsWhatRanWhatFailedAndTheBest() throws Exception {
    List.of("a", "b", "c<").forEach(this::add);
    RunFolder a = RunFolder.open(folder.resolve("runs/a"));
    log(
        a,
        new Event.Started(1, "t", "cpu", 1, 0),
        new Event.Planned(40, 8, 2, 0, 0, 10, 100),
        new Event.Evaluated(20, 0.75, 2, true, 1, java.util.Map.of()),
        new Event.Evaluated(40, 0.5, 2, true, 1, java.util.Map.of()),
        new Event.Finished(40, 3));
    var why = Failure.badInput("Row 3 has no answer.", "Correct it.");
    log(
        RunFolder.open(folder.resolve("runs/b")),
        new Event.Started(1, "t", "cpu", 1, 0),
        new Event.Failed(0, why));
    assertThat(studio("queue", "report", "--html", "morning.html")).isZero();
    assertThat(out.toString())
        .contains("1 finished · 1 failed · 1 not ended", "a, loss 0.5000", "Row 3 has no answer.");
    assertThat(Files.readString(folder.resolve("morning.html")))
        .contains("Morning report", "Row 3 has no answer.", "0.5000")
        .doesNotContain("c<");
    JsonNode report = json("queue", "report", "--json");
    assertThat(report.path("best").path("name").asText()).isEqualTo("a");
    assertThat(report.path("items").get(0).path("state").asText()).isEqualTo("failed");
  }

  private static String[] with(String[] first, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(first), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private void add(String name) {
    assertThat(studio("queue", "add", "recipe.json", "--name", name)).as(err.toString()).isZero();
  }

  private QueueFolder queue() {
    return QueueFolder.of(folder);
  }

  private List<String> ids() {
    return queue().entries().stream().map(entry -> entry.id()).toList();
  }

  private static void log(RunFolder run, Event... events) {
    try (var log = EventLog.open(run.events())) {
      for (Event event : events) {
        log.append(event);
      }
    }
  }
}
