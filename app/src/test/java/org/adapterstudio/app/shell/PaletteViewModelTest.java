package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaletteViewModelTest {
  private final List<String> done = new ArrayList<>();
  private final List<String> ran = new ArrayList<>();
  private final PaletteViewModel palette =
      new PaletteViewModel(
          () ->
              Stream.of("Library", "Runs", "Scan the library again", "acme/llama-pico")
                  .map(this::entry)
                  .toList(),
          entry -> ran.add(entry.id()));

  @Test
  void showsEverythingBeforeALetterIsTyped() {
    palette.open().set(true);
    assertThat(palette.found()).hasSize(4);
  }

  @Test
  void putsTheBestMatchFirst() {
    palette.open().set(true);
    palette.query().set("lib");
    assertThat(titles()).containsExactly("Library", "Scan the library again");
  }

  @Test
  void findsLettersInOrderWithGaps() {
    palette.open().set(true);
    palette.query().set("alp");
    assertThat(titles()).contains("acme/llama-pico").doesNotContain("Runs");
  }

  @Test
  void sayingNothingMatchesLeavesNothingToRun() {
    palette.open().set(true);
    palette.query().set("xyzzy");
    palette.run();
    assertThat(palette.found()).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void enterClosesAndRunsTheSelectedEntry() {
    palette.open().set(true);
    palette.move(1);
    palette.run();
    assertThat(done).containsExactly("Runs");
    assertThat(ran).containsExactly("id-Runs");
    assertThat(palette.open().get()).isFalse();
  }

  @Test
  void theSelectionGoesRoundTheEnds() {
    palette.open().set(true);
    palette.move(-1);
    assertThat(palette.selected().get()).isEqualTo(3);
    palette.move(1);
    assertThat(palette.selected().get()).isZero();
  }

  @Test
  void forgetsWhatWasTypedWhenOpenedAgain() {
    palette.open().set(true);
    palette.query().set("runs");
    palette.open().set(false);
    palette.open().set(true);
    assertThat(palette.query().get()).isEmpty();
    assertThat(palette.found()).hasSize(4);
  }

  private List<String> titles() {
    return palette.found().stream().map(PaletteViewModel.Entry::title).toList();
  }

  private PaletteViewModel.Entry entry(String title) {
    return new PaletteViewModel.Entry(
        "id-" + title, "palette.kind.action", "fth-circle", title, "", () -> done.add(title));
  }
}
