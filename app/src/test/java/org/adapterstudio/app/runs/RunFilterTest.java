package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilterTest {
  private final RunRow night =
      row("orders-night", RunState.FINISHED, new RunAbout("", List.of("night"), "a note", false));
  private final RunRow lost =
      row("reviews", RunState.ENGINE_LOST, new RunAbout("Big one", List.of(), "", false));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders             | true  | false
          LORA finished      | true  | false
          "engine lost"      | false | true
          big                | false | true
          state:finished     | true  | false
          state:lost,failed  | false | true
          state:engine_lost  | false | true
          tag:night          | true  | false
          tag:nigh           | false | false
          tag:ni*            | true  | false
          -tag:night         | false | true
          -big               | true  | false
          name:"big one"     | false | true
          name:reviews       | false | true
          base:llama         | true  | true
          note:note          | true  | false
          lr>1e-4            | true  | true
          lr>=3e-4           | true  | true
          lr<3e-4            | false | false
          lr:0.0003          | true  | true
          rank=8,16          | true  | true
          rank!=8            | false | false
          method:lora        | true  | true
          method:*ora        | true  | true
          method:or          | false | false
          score>90%          | true  | true
          duration>30m       | true  | true
          duration>2h        | false | false
          eval<1.2 tag:night | true  | false
          training.seed:42   | true  | true
          training.seed>50   | false | false
          adapter.alpha=16   | true  | true
          state:             | true  | true
          lr>                | true  | true
          """)
  void findsWhatWasAskedFor(String text, boolean first, boolean second) {
    RunFilter filter = RunFilter.parse(text);
    assertThat(filter.test(night)).as("night").isEqualTo(first);
    assertThat(filter.test(lost)).as("lost").isEqualTo(second);
  }

  @Test
  void leavesArchivedRunsOutUnlessAskedForThem() {
    RunRow away = row("old", RunState.FINISHED, RunAbout.NONE.archived(true));
    assertThat(RunFilter.parse("").test(away)).isFalse();
    assertThat(RunFilter.parse("old").test(away)).isFalse();
    assertThat(RunFilter.parse("archived:yes").test(away)).isTrue();
    assertThat(RunFilter.parse("archived:yes").test(night)).isFalse();
    assertThat(RunFilter.parse("archived:all").test(night)).isTrue();
    assertThat(RunFilter.parse("").withArchived().test(away)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour:red", "lr>fast", "rank:many", ">5", "duration>3y"})
  void saysWhatIsWrongWithAQuestion(String text) {
    assertThatThrownBy(() -> RunFilter.parse(text)).isInstanceOf(StudioException.class);
  }

  @Test
  void namesTheFieldsThereAre() {
    assertThatThrownBy(() -> RunFilter.parse("colour:red"))
        .hasMessageContaining("no field \"colour\"")
        .hasMessageContaining("tag")
        .hasMessageContaining("training.optimizer");
  }

  @Test
  void aRunThatWasNotReadYetIsFoundByItsNameAlone() {
    RunRow unread = RunRow.unread(new RunFolder(Path.of("runs/new")), RunAbout.NONE, null, "");
    assertThat(RunFilter.parse("new").test(unread)).isTrue();
    for (String text : List.of("lr>0", "state:finished", "training.seed:42", "rank:0", "seed:42")) {
      assertThat(RunFilter.parse(text).test(unread)).as(text).isFalse();
    }
  }

  private static RunRow row(String name, RunState state, RunAbout about) {
    Recipe recipe = SyntheticRun.recipe();
    return new RunRow(
        new RunFolder(Path.of("runs").resolve(name)),
        about,
        recipe,
        state,
        new Series(),
        1000,
        1000,
        0.4,
        1.1,
        Map.of("accuracy", 0.93),
        8,
        SyntheticRun.START,
        3600,
        "",
        "");
  }
}
