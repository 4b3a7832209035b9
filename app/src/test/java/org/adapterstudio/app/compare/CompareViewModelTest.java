package org.adapterstudio.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
  }

  @Test
  void addsAndRemovesRunsAndOffersTheOthers() {
    RunFolder one = run("one").run();
    RunFolder two = run("two").run();
    var model = model(one);
    model.poll();
    assertThat(model.comparisonProperty().get().runs()).hasSize(1);
    assertThat(model.candidates()).extracting(row -> row.run()).containsExactly(two);
    model.add(two);
    model.add(two);
    assertThat(model.comparisonProperty().get().runs()).hasSize(2);
    assertThat(model.comparisonProperty().get().why()).isNotNull();
    assertThat(model.candidates()).isEmpty();
    model.remove(one);
    assertThat(model.comparisonProperty().get().runs()).extracting("run").containsExactly(two);
  }

  @Test
  void followsARunThatGoesOnAndRestsWhereNothingChanges() {
    var one = run("one");
    var model = model(one.run(), run("two").run());
    model.poll();
    ComparedRuns before = model.comparisonProperty().get();
    model.poll();
    assertThat(model.comparisonProperty().get()).isSameAs(before);
    one.step(9, 1).write();
    model.poll();
    assertThat(model.comparisonProperty().get().runs().getFirst().step()).isEqualTo(9);
    assertThat(before.runs().getFirst().step()).as("a comparison never changes").isEqualTo(2);
  }

  @Test
  void leavesOutARunThatCannotBeReadAndSaysWhy() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("runs/broken"));
    Files.writeString(broken.resolve("recipe.json"), "{\"adapter\": {\"rnak\": 1}}");
    var model = model(run("one").run(), run("two").run(), new RunFolder(broken));
    model.poll();
    assertThat(model.problemProperty().get()).contains("broken").contains("rnak");
    assertThat(model.comparisonProperty().get().runs()).hasSize(2);
  }

  @Test
  void comparesNoMoreThanEight() {
    var runs = java.util.stream.IntStream.range(0, 9).mapToObj(i -> run("r" + i).run()).toList();
    var model = new CompareViewModel(fakes.direct(folder), runs);
    model.poll();
    assertThat(model.comparisonProperty().get().runs()).hasSize(8);
    model.open(runs.getFirst());
    assertThat(fakes.places).containsExactly("run r0");
  }

  @Test
  void listsTheLayersThatAllRunsMeasured() {
    var one = run("one").add(1, SyntheticRun.spectrum(2, 4)).write();
    var two = run("two").add(1, SyntheticRun.spectrum(2, 3)).write();
    var model = model(one.run(), two.run());
    model.poll();
    assertThat(model.comparisonProperty().get().commonLayers()).hasSize(3);
  }

  private CompareViewModel model(RunFolder... runs) {
    return new CompareViewModel(fakes.direct(folder), List.of(runs));
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000)
        .step(1, 3)
        .step(2, 2)
        .add(1, new Event.Stopped(2))
        .write();
  }
}
