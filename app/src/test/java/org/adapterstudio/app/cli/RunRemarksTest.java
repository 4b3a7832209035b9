package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of runs and the comparison do, typed. */
class RunRemarksTest extends ScriptedStudio {
  private RunFolder one;
  private RunFolder two;

  @BeforeEach
  void runs() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    one = run("one", SyntheticRun.recipe(), 1.2);
    Recipe recipe = SyntheticRun.recipe();
    two = run("two", recipe.adapting(recipe.adapter().scaled(16, 16, Map.of(), Map.of())), 1.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "tag", "note", "archive", "delete"})
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertThat(studio(command, "--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: studio " + command, "Example", "  studio " + command);
  }

  @Test
  void tagsAreAddedTakenAwayAndFound() {
    assertThat(studio("tag", "one", "two", "+hot", "+night")).as(err.toString()).isZero();
    assertThat(studio("tag", "one", "-hot", "+Very")).as(err.toString()).isZero();
    assertThat(RunAbout.of(one).tags()).containsExactly("night", "Very");
    JsonNode found = json("runs", "--filter", "tag:hot state:finished", "--json");
    assertThat(found.findValuesAsText("name")).containsExactly("two");
    assertThat(found.get(0).path("rank").asInt()).isEqualTo(16);
    assertThat(found.get(0).path("tags").get(0).asText()).isEqualTo("hot");
    out.getBuffer().setLength(0);
    assertThat(studio("runs", "--filter", "night")).isZero();
    assertThat(out.toString()).contains("TAGS", "night Very");
    assertThat(studio("runs", "--filter", "colour:red")).isEqualTo(1);
    assertThat(err.toString()).contains("no field \"colour\"");
    assertThat(studio("tag", "+night")).isEqualTo(1);
  }

  @Test
  void notesAndNamesAreKept() {
    assertThat(studio("note", "one", "the narrow one", "--name", "Orders, narrow")).isZero();
    assertThat(RunAbout.of(one).note()).isEqualTo("the narrow one");
    assertThat(json("runs", "--filter", "narrow", "--json").get(0).path("title").asText())
        .isEqualTo("Orders, narrow");
    assertThat(studio("note", "one", "")).isZero();
    assertThat(RunAbout.of(one).note()).isEmpty();
    assertThat(RunAbout.of(one).name()).isEqualTo("Orders, narrow");
  }

  @Test
  void archivedAndDeletedRunsComeBack() {
    assertThat(studio("archive", "one")).isZero();
    assertThat(json("runs", "--json").findValuesAsText("name")).containsExactly("two");
    assertThat(json("runs", "--archived", "--json")).hasSize(2);
    assertThat(studio("archive", "one", "--undo")).isZero();
    assertThat(studio("delete", "one")).isZero();
    assertThat(one.path()).doesNotExist();
    assertThat(studio("delete", "--list")).isZero();
    assertThat(out.toString()).contains(".trash");
    assertThat(studio("delete", "one", "--undo")).isZero();
    assertThat(json("runs", "--json")).hasSize(2);
    assertThat(studio("delete", "gone", "--undo")).isEqualTo(1);
    assertThat(studio("delete")).isEqualTo(1);
  }

  @Test
  void comparesForPeopleForProgramsAndAsAPage() throws Exception {
    assertThat(studio("compare", "one", "two")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("1 one", "2 two", "adapter.rank", "Why do these two differ?")
        .contains("1. Rank and targets: rank 8 \u2192 16")
        .contains("proves nothing")
        .doesNotContain("training.seed");
    JsonNode answer = json("compare", "one", "two", "--json", "--html", at("page.html"));
    assertThat(answer.path("difference").asDouble()).isBetween(-0.11, -0.09);
    assertThat(answer.path("settings")).hasSize(1);
    assertThat(answer.path("why").get(0).path("kind").asText()).isEqualTo("capacity");
    String page = Files.readString(folder.resolve("page.html"));
    assertThat(page).contains("run run2", "adapter.rank", "</html>").doesNotContain("NaN");
    assertThat(json("compare", "one", "two", "--all", "--json").path("settings"))
        .hasSizeGreaterThan(30);
    assertThat(studio("compare", "one", "one")).isEqualTo(1);
    assertThat(studio("compare", "one")).isEqualTo(2);
  }

  private RunFolder run(String name, Recipe recipe, double best) {
    Path path = folder.resolve("runs").resolve(name);
    return new SyntheticRun(path, recipe)
        .begin(10)
        .step(1, 3)
        .step(2, 2.5)
        .add(5, new Event.Evaluated(2, best, 9, true, 1, null))
        .add(5, new Event.Finished(2, 60))
        .write()
        .run();
  }
}
