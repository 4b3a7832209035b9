package org.adapterstudio.contract.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunAboutTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void create() {
    var recipe = new Recipe(1, null, null, null, null, null, null);
    run = RunFolder.create(folder.resolve("orders"), recipe);
  }

  @Test
  void saysNothingUntilSomebodyDoes() {
    assertThat(RunAbout.of(run)).isEqualTo(RunAbout.NONE);
    RunAbout.change(run, about -> about.named("  "));
    assertThat(RunAbout.file(run)).doesNotExist();
  }

  @Test
  void addsTagsAndTakesThemAway() {
    RunAbout.change(run, about -> about.tagged(List.of("night", "good", "Night"), List.of()));
    assertThat(RunAbout.of(run).tags()).containsExactly("good", "night");
    RunAbout.change(run, about -> about.tagged(List.of("bad"), List.of("GOOD", "unknown")));
    assertThat(RunAbout.of(run).tags()).containsExactly("bad", "night");
  }

  @Test
  void refusesATagThatAFilterCouldNotFind() {
    for (String tag : List.of("", "two words", "a,b", "a:b", "-bad", "+good", "x".repeat(41))) {
      assertThatThrownBy(() -> RunAbout.change(run, about -> about.tagged(List.of(tag), List.of())))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("cannot be a tag");
    }
  }

  @Test
  void twoWritersLoseNothingOfEachOther() throws Exception {
    try (var windows = Executors.newFixedThreadPool(2)) {
      List<Future<RunAbout>> writings =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      windows.submit(
                          () ->
                              i % 2 == 0
                                  ? RunAbout.change(
                                      run, about -> about.tagged(List.of("tag" + i), List.of()))
                                  : RunAbout.change(run, about -> about.noted("note " + i))))
              .toList();
      for (Future<RunAbout> writing : writings) {
        writing.get();
      }
    }
    assertThat(RunAbout.of(run).tags()).hasSize(20);
    assertThat(RunAbout.of(run).note()).matches("note \\d+");
  }

  @Test
  void aWindowThatKnowsLessKeepsWhatItDoesNotKnow() throws Exception {
    Files.writeString(RunAbout.file(run), "{\"colour\": \"red\", \"note\": \"first\"}");
    RunAbout.change(run, about -> about.archived(true));
    var tree = Json.read(RunAbout.file(run));
    assertThat(tree.path("colour").asText()).isEqualTo("red");
    assertThat(tree.path("note").asText()).isEqualTo("first");
    assertThat(tree.path("archived").asBoolean()).isTrue();
    assertThat(tree.has("name")).as("a field that nobody set").isFalse();
  }

  @Test
  void aBrokenFileIsNamedAndNeverOverwritten() throws Exception {
    Files.writeString(RunAbout.file(run), "[1]");
    assertThatThrownBy(() -> RunAbout.change(run, about -> about.noted("x")))
        .hasMessageContaining("about.json");
    assertThat(Files.readString(RunAbout.file(run))).isEqualTo("[1]");
  }

  @Test
  void aDeletedRunWaitsInTheTrashAndComesBack() {
    RunTrash.Deleted deleted = RunTrash.delete(run);
    assertThat(run.path()).doesNotExist();
    assertThat(RunTrash.list(folder)).containsExactly(deleted);
    assertThat(deleted.restore().recipeFile()).exists();
    assertThat(RunTrash.list(folder)).isEmpty();
  }

  @Test
  void theTrashNeverOverwritesAndForgetsAfterAWeek() throws Exception {
    Path old = folder.resolve(".trash/gone~" + (System.currentTimeMillis() - 8L * 86_400_000));
    Files.createDirectories(old.resolve("inbox"));
    RunTrash.Deleted deleted = RunTrash.delete(run);
    assertThat(old).doesNotExist();
    create();
    assertThatThrownBy(deleted::restore).hasMessageContaining("another run");
    assertThat(deleted.folder()).exists();
  }

  @Test
  void aRunWhoseEngineLivesIsNotDeleted() {
    try (var lock = EngineLock.take(run).orElseThrow()) {
      assertThatThrownBy(() -> RunTrash.delete(run)).hasMessageContaining("at work");
    }
    assertThat(run.path()).exists();
  }

  @Test
  void walksThroughLinesLongerThanABlockAndLeavesTheTornOne() throws Exception {
    Path log = folder.resolve("log");
    String large = "y".repeat(700_000);
    Files.writeString(log, "a\n" + large + "\n\nlast\ntorn");
    var lines = new java.util.ArrayList<String>();
    long end =
        LogLines.read(log, 0, (bytes, from, to) -> lines.add(new String(bytes, from, to - from)));
    assertThat(lines).containsExactly("a", large, "", "last");
    assertThat(end).isEqualTo(Files.size(log) - 4);
    Files.writeString(log, " now whole\n", java.nio.file.StandardOpenOption.APPEND);
    LogLines.read(log, end, (bytes, from, to) -> lines.add(new String(bytes, from, to - from)));
    assertThat(lines).last().isEqualTo("torn now whole");
  }
}
