package org.adapterstudio.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.runs.RunRowReader;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.seal.Seal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedRunsTest {
  @TempDir Path folder;
  private final List<RunFolder> all = new ArrayList<>();

  @Test
  void showsOnlyTheSettingsThatDiffer() {
    run("one", 1.2, Map.of());
    run("two", 1.1, Map.of("training.learning_rate", 1e-4, "adapter.rank", 16));
    run("three", 1.3, Map.of("adapter.rank", 16));
    ComparedRuns comparison = compare("one", "two", "three");
    assertThat(comparison.differing())
        .extracting(SettingRow::path)
        .containsExactly("adapter.rank", "training.learning_rate");
    assertThat(comparison.differing().getFirst().values()).containsExactly("8", "16", "16");
    assertThat(comparison.settings())
        .hasSizeGreaterThan(30)
        .extracting("path")
        .contains("model.path", "training.seed");
    assertThat(comparison.settings()).extracting("path").doesNotContain("name", "version");
    assertThat(comparison.why()).as("three do not make a pair").isNull();
  }

  @Test
  void starsTheBestOfEachResult() {
    run("one", 1.2, Map.of());
    run("two", 1.1, Map.of());
    ResultRow best =
        compare("one", "two").results().stream()
            .filter(row -> row.name().equals("Best held-out loss"))
            .findFirst()
            .orElseThrow();
    assertThat(best.values()).containsExactly("1.2000", "1.1000");
    assertThat(best.best()).isEqualTo(1);
  }

  @Test
  void ranksCausesThatUsuallyAreStrongerFirst() {
    run("one", 1.2, Map.of());
    run(
        "two",
        1.1,
        Map.of(
            "training.seed",
            7,
            "training.threads",
            1,
            "training.eval_steps",
            10,
            "adapter.dropout",
            0.2,
            "adapter.rank",
            16,
            "adapter.method",
            "dora",
            "training.learning_rate",
            1e-4,
            "data.train",
            "/data/others.jsonl",
            "model.path",
            "/models/other"));
    assertThat(compare("one", "two").why().reasons())
        .extracting(reason -> reason.cause().kind())
        .containsExactly(
            Cause.Kind.BASE,
            Cause.Kind.DATA,
            Cause.Kind.METHOD,
            Cause.Kind.LEARNING_RATE,
            Cause.Kind.CAPACITY,
            Cause.Kind.DROPOUT,
            Cause.Kind.SEED,
            Cause.Kind.MACHINE,
            Cause.Kind.WATCHING);
  }

  @Test
  void whatOtherRunsShowGoesBeforeWhatUsuallyIsStronger() {
    var both = Map.<String, Object>of("training.learning_rate", 1e-4, "adapter.rank", 16);
    run("one", 1.2, Map.of());
    run("two", 1.0, both);
    run("one-other-seed", 1.21, Map.of("training.seed", 2));
    run("lr-alone", 1.203, Map.of("training.learning_rate", 1e-4));
    run("rank-alone", 1.02, Map.of("adapter.rank", 16));
    Why why = compare("one", "two").why();
    assertThat(why.difference()).isCloseTo(-0.2, within(1e-9));
    Why.Reason first = why.reasons().getFirst();
    assertThat(first.cause().kind()).isEqualTo(Cause.Kind.CAPACITY);
    // (1.02 - mean(1.2, 1.21) + 1.0 - 1.203) / 2
    assertThat(first.measured()).isCloseTo(-0.194, within(1e-9));
    assertThat(why.reasons().get(1).measured()).isCloseTo(-0.011, within(1e-9));
    assertThat(why.chance().runs()).isEqualTo(3);
    assertThat(why.sentences()).anyMatch(sentence -> sentence.contains("more than twice"));
  }

  @Test
  void aSeedAloneIsCalledChance() {
    run("one", 1.2, Map.of());
    run("two", 1.1, Map.of("training.seed", 7));
    Why why = compare("one", "two").why();
    assertThat(why.reasons()).singleElement().extracting("cause.kind").isEqualTo(Cause.Kind.SEED);
    assertThat(why.sentences().getFirst()).contains("Only the seed differs").contains("chance");
    assertThat(why.sentences()).anyMatch(sentence -> sentence.contains("may be chance"));
  }

  @Test
  void aSinglePairIsToldToProveNothing() {
    run("one", 1.2, Map.of());
    run("two", 1.1, Map.of("adapter.rank", 16));
    Why why = compare("one", "two").why();
    assertThat(why.chance()).isNull();
    assertThat(why.sentences()).anyMatch(sentence -> sentence.contains("proves nothing"));
    assertThat(why.sentences())
        .contains(
            "2 reaches a lower held-out loss than 1: 1.1000 against 1.2000 (-0.1000, -8.3 %).");
  }

  @Test
  void equalSettingsAndLossesAreFoundOut() {
    run("one", 1.2, Map.of());
    run("two", 1.2, Map.of());
    Why why = compare("one", "two").why();
    assertThat(why.reasons()).isEmpty();
    assertThat(why.sentences().getFirst()).contains("settings are the same");
    assertThat(why.sentences())
        .contains("The losses of all 3 steps that both made are the same to the last bit.");
  }

  @Test
  void warnsWhereLossesMustNotBeComparedAndWhereARunIsNotAtItsEnd() {
    run("one", 1.2, Map.of());
    RunFolder two = made("two", Map.of("data.train", "/data/others.jsonl"));
    new EventsOf(two).unfinished();
    Why why = compare("one", "two").why();
    assertThat(why.difference()).isNull();
    assertThat(why.sentences())
        .anyMatch(sentence -> sentence.contains("not both were evaluated"))
        .anyMatch(sentence -> sentence.contains("must not be compared"))
        .anyMatch(sentence -> sentence.contains("engine lost at step 1 of 1\u202f000"));
  }

  @Test
  void sealsTellThatDataChangedUnderTheSameNameAndThatABaseOnlyMoved() {
    run("one", 1.2, Map.of("model.path", "/models/here"));
    run("two", 1.1, Map.of("model.path", "/models/there"));
    seal("one", "aaaa", "0.1.0");
    seal("two", "bbbb", "0.2.0");
    Why why = compare("one", "two").why();
    assertThat(why.reasons())
        .extracting(reason -> reason.cause().kind())
        .containsExactly(Cause.Kind.DATA, Cause.Kind.PROGRAM);
    assertThat(why.reasons().getFirst().cause().changes().getFirst().path())
        .isEqualTo("data/train");
    assertThat(why.reasons().getFirst().measured()).isNull();
    assertThat(why.sentences())
        .noneMatch(sentence -> sentence.contains("has no seal"))
        .anyMatch(sentence -> sentence.contains("must not be compared"));
  }

  private void seal(String name, String data, String program) {
    var files = new LinkedHashMap<String, Seal.SealedFile>();
    files.put("base/model.safetensors", new Seal.SealedFile("/models/m", 9, "cccc"));
    files.put("data/train", new Seal.SealedFile("/data/orders.jsonl", 9, data));
    var facts = new LinkedHashMap<String, String>(Map.of("studio", program));
    new Seal(1, name, 0, true, files, facts, null).write(new RunFolder(folder.resolve(name)));
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private ComparedRuns compare(String... names) {
    return ComparedRuns.of(
        List.of(names).stream()
            .map(name -> new ComparedRunReader(new RunFolder(folder.resolve(name))).read())
            .toList(),
        new Neighbours(all.stream().map(run -> new RunRowReader(run).read()).toList()));
  }

  private RunFolder made(String name, Map<String, Object> settings) {
    ObjectNode tree = Json.tree(SyntheticRun.recipe());
    settings.forEach(
        (path, value) -> {
          String[] at = path.split("\\.");
          ((ObjectNode) tree.get(at[0])).set(at[1], Json.tree(value));
        });
    var run = RunFolder.create(folder.resolve(name), Json.as(tree, Recipe.class));
    all.add(run);
    return run;
  }

  private void run(String name, double best, Map<String, Object> settings) {
    new EventsOf(made(name, settings)).finished(best);
  }

  /** A short log for a run folder that is there already. */
  private record EventsOf(RunFolder run) {
    void finished(double best) {
      try (var log = org.adapterstudio.contract.run.EventLog.open(run.events())) {
        log.append(new Event.Started(1, "", "cpu", 1, 0));
        for (int step = 1; step <= 3; step++) {
          log.append(new Event.Step(step, 3.0 / step, 1e-4, 1, 0, 1, 1, 1, 1));
        }
        log.append(new Event.Evaluated(50, best + 0.5, 9, true, 1, null));
        log.append(new Event.Evaluated(100, best, 9, true, 1, null));
        log.append(new Event.Finished(100, 60));
      }
    }

    void unfinished() {
      try (var log = org.adapterstudio.contract.run.EventLog.open(run.events())) {
        log.append(new Event.Started(1, "", "cpu", 1, 0));
        log.append(new Event.Planned(1000, 1, 1, 0, 0, 1, 1));
        log.append(new Event.Step(1, 3, 1e-4, 1, 0, 1, 1, 1, 1));
      }
    }
  }
}
