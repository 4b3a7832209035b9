package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private RunsViewModel model;

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    model = new RunsViewModel(fakes.direct(folder));
  }

  @Test
  void readsARunsRowOffItsFolder() {
    run("orders").train(1, 200, 1000, 2).add(10, new Event.Stopped(200)).write();
    model.refresh();
    RunRow row = row("orders");
    assertThat(row.state()).isEqualTo(RunState.STOPPED);
    assertThat(row.step()).isEqualTo(200);
    assertThat(row.total()).isEqualTo(1000);
    assertThat(row.method()).isEqualTo("lora");
    assertThat(row.rank()).isEqualTo(8);
    assertThat(row.learningRate()).isEqualTo(3e-4);
    assertThat(row.bestLoss()).isBetween(1.1, 1.2);
    assertThat(row.loss().size()).isBetween(90, 110);
    assertThat(row.started()).isEqualTo(SyntheticRun.START);
    assertThat(row.seconds()).isBetween(100.0, 400.0);
  }

  @Test
  void followsALiveRunAndItsEnd() {
    var made = run("live").step(1, 3).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      model.refresh();
      assertThat(row("live").state()).isEqualTo(RunState.TRAINING);
      made.step(2, 2).write();
      model.refresh();
      assertThat(row("live").lastLoss()).isEqualTo(2);
    }
    model.refresh();
    assertThat(row("live").state()).isEqualTo(RunState.ENGINE_LOST);
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      model.refresh();
      assertThat(row("live").state())
          .as("taken again without a word yet")
          .isEqualTo(RunState.TRAINING);
    }
  }

  @Test
  void keepsTheRowOfARunThatDoesNotChange() {
    run("old").step(1, 3).add(1, new Event.Stopped(1)).write();
    model.refresh();
    RunRow before = row("old");
    model.refresh();
    assertThat(row("old")).isSameAs(before);
  }

  @Test
  void showsABrokenRunAsOneRowWithItsReason() throws Exception {
    run("good").step(1, 3).write();
    Path broken = Files.createDirectories(folder.resolve("runs/broken"));
    Files.writeString(broken.resolve("recipe.json"), "{\"adapter\": {\"rnak\": 1}}");
    model.refresh();
    assertThat(row("broken").problem()).contains("rnak");
    assertThat(row("good").problem()).isEmpty();
  }

  @Test
  void findsByNameMethodAndState() {
    run("alpha").step(1, 3).add(1, new Event.Stopped(1)).write();
    run("beta").step(1, 3).add(1, new Event.Finished(1, 2)).write();
    model.refresh();
    model.searchProperty().set("LORA finished");
    assertThat(found()).containsExactly("beta");
    model.searchProperty().set("colour:red");
    assertThat(model.problemProperty().get()).contains("no field");
    assertThat(found()).as("a mistake changes nothing").containsExactly("beta");
    model.searchProperty().set("");
    assertThat(model.found()).hasSize(2);
    assertThat(model.problemProperty().get()).isEmpty();
  }

  @Test
  void aLineStaysTheSameWhileItsRunGoesOn() {
    var made = run("live").step(1, 3).write();
    model.refresh();
    RunLine before = line("live");
    made.step(2, 2).write();
    model.refresh();
    assertThat(line("live")).isSameAs(before);
    assertThat(before.row().step()).isEqualTo(2);
  }

  @Test
  void aResumeTakesBackWhatCameAfterItsCheckpoint() {
    var made = run("resumed").train(1, 300, 1000, 2);
    made.add(5, new Event.Started(9, "0.1.0", "cpu", 2, 150)).step(151, 1.5).write();
    model.refresh();
    RunRow row = row("resumed");
    assertThat(row.step()).isEqualTo(151);
    assertThat(row.lastLoss()).isEqualTo(1.5);
    assertThat(row.bestLoss()).as("of step 100; those of 200 and 300 are void").isGreaterThan(1.5);
    assertThat(row.loss().lastX()).isEqualTo(151);
  }

  @Test
  void readsOnlyWhatIsNewInALog() throws Exception {
    var made = run("grown").step(1, 3).write();
    var reader = new RunRowReader(made.run());
    RunRow before = reader.read();
    // what was read is spoiled behind the reader's back: whoever reads it again stumbles
    Path log = made.run().events();
    long size = Files.size(log);
    Files.writeString(log, "x".repeat((int) size - 1) + "\n");
    made.step(2, 2).write();
    assertThat(reader.read().step()).isEqualTo(2);
    assertThat(reader.read().started()).isEqualTo(before.started());
  }

  @Test
  void tagsNotesAndNamesComeFromThePersonsOwnFile() {
    run("alpha").step(1, 3).write();
    run("beta").step(1, 3).write();
    model.refresh();
    model.acts().tag(List.of(line("alpha")), "night +good");
    model.acts().tag(List.of(line("alpha"), line("beta")), "both");
    assertThat(row("alpha").about().tags()).containsExactly("both", "good", "night");
    assertThat(row("beta").about().tags()).containsExactly("both");
    model.acts().tag(List.of(line("alpha")), "both night");
    assertThat(row("alpha").about().tags()).containsExactly("both", "night");
    model.acts().note(line("beta"), "the wide one");
    model.acts().rename(line("beta"), "Beta, wide");
    assertThat(row("beta").name()).isEqualTo("Beta, wide");
    assertThat(row("beta").about().note()).isEqualTo("the wide one");
    model.acts().tag(List.of(line("beta")), "a:b");
    assertThat(fakes.said).singleElement().asString().contains("cannot be a tag");
  }

  @Test
  void archivedRunsAreHiddenUntilAskedForAndTheActIsUndone() {
    run("alpha").step(1, 3).write();
    run("beta").step(1, 3).write();
    model.refresh();
    model.acts().archive(List.of(line("alpha")), true);
    assertThat(found()).containsExactly("beta");
    model.withArchivedProperty().set(true);
    assertThat(found()).containsExactlyInAnyOrder("alpha", "beta");
    model.withArchivedProperty().set(false);
    assertThat(model.acts().undoProperty().get().sentence()).isEqualTo("alpha is archived.");
    model.acts().undo();
    assertThat(found()).containsExactlyInAnyOrder("alpha", "beta");
    assertThat(model.acts().undoProperty().get()).isNull();
  }

  @Test
  void deletedRunsComeBackFromTheTrash() {
    Path alpha = run("alpha").step(1, 3).write().run().path();
    Path beta = run("beta").step(1, 3).write().run().path();
    model.refresh();
    model.acts().delete(List.copyOf(model.lines()));
    assertThat(model.lines()).isEmpty();
    assertThat(alpha).doesNotExist();
    assertThat(model.acts().undoProperty().get().sentence()).isEqualTo("2 runs are in the trash.");
    model.acts().undo();
    assertThat(found()).containsExactlyInAnyOrder("alpha", "beta");
    assertThat(beta.resolve("recipe.json")).exists();
  }

  @Test
  void oneLiveRunAmongManyKeepsAllOfThemFromTheTrash() {
    run("done").step(1, 3).write();
    var live = run("live").step(1, 3).write();
    model.refresh();
    try (var lock = EngineLock.take(live.run()).orElseThrow()) {
      model.acts().delete(List.of(line("done"), line("live")));
    }
    assertThat(fakes.said).singleElement().asString().contains("at work");
    assertThat(found()).containsExactlyInAnyOrder("done", "live");
    assertThat(model.acts().undoProperty().get()).isNull();
  }

  @Test
  void comparesTwoToEight() {
    run("alpha").step(1, 3).write();
    run("beta").step(1, 3).write();
    model.refresh();
    model.compare(List.of(line("alpha")));
    model.compare(List.of(line("beta"), line("alpha")));
    assertThat(fakes.places).containsExactly("compare beta alpha");
    assertThat(RunsViewModel.comparable(8)).isTrue();
    assertThat(RunsViewModel.comparable(9)).isFalse();
  }

  @Test
  void opensARunAndGoesToTheForm() {
    run("alpha").step(1, 3).write();
    model.refresh();
    model.open(line("alpha"));
    model.train();
    assertThat(fakes.places).containsExactly("run alpha", "train");
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000);
  }

  private RunRow row(String name) {
    return line(name).row();
  }

  private RunLine line(String name) {
    return model.lines().stream()
        .filter(line -> line.run().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> found() {
    return model.found().stream().map(line -> line.run().name()).toList();
  }
}
