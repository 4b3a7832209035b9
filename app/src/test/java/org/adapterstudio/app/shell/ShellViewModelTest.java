package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {
  private final ShellViewModel shell = new ShellViewModel();

  @Test
  void startsInTheLibrary() {
    assertThat(shell.stop().get().place()).isEqualTo(Place.LIBRARY);
    assertThat(shell.crumbs()).extracting(ShellViewModel.Crumb::text).containsExactly("Library");
  }

  @Test
  void theWayToARunLeadsBackToTheList() {
    shell.showRun(new RunFolder(Path.of("runs/first")));
    assertThat(shell.stop().get().place()).isEqualTo(Place.RUN);
    assertThat(shell.crumbs())
        .extracting(ShellViewModel.Crumb::text)
        .containsExactly("Runs", "first");
    shell.crumbs().getFirst().go().run();
    assertThat(shell.stop().get().place()).isEqualTo(Place.RUNS);
  }

  @Test
  void aDraftIsHandedOverOnce() {
    var draft = new Recipe(Recipe.VERSION, "n", null, null, null, null, null);
    shell.showTrain(draft);
    assertThat(shell.takeDraft()).isSameAs(draft);
    assertThat(shell.draft().get()).isNull();
    shell.showTrain(null);
    assertThat(shell.draft().get()).isNull();
    assertThat(shell.stop().get().place()).isEqualTo(Place.TRAIN);
  }

  @Test
  void askingForAChatOpensTheDrawerOnIt() {
    shell.openChat(Path.of("base"), Path.of("adapter"));
    assertThat(shell.chatOpen().get()).isTrue();
    assertThat(shell.chatTarget().get())
        .isEqualTo(new ShellViewModel.ChatTarget(Path.of("base"), Path.of("adapter")));
  }
}
