package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(model.found()).extracting(RunRow::name).containsExactly("beta");
    model.searchProperty().set("");
    assertThat(model.found()).hasSize(2);
  }

  @Test
  void opensARunAndGoesToTheForm() {
    run("alpha").step(1, 3).write();
    model.refresh();
    model.open(row("alpha"));
    model.train();
    assertThat(fakes.places).containsExactly("run alpha", "train");
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000);
  }

  private RunRow row(String name) {
    return model.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }
}
