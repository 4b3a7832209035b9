package org.adapterstudio.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.action.Keys;
import org.adapterstudio.app.settings.SettingsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortcutsViewModelTest {
  @TempDir Path folder;
  private KeyBindings bindings;
  private ShortcutsViewModel page;

  @BeforeEach
  void open() {
    bindings = stored();
    page = new ShortcutsViewModel(bindings);
  }

  @Test
  void keysThatWereChosenAreKept() {
    choose(Action.CHAT, "Ctrl J");
    assertThat(page.waiting().get()).isNull();
    assertThat(stored().text(Action.CHAT)).isEqualTo("Ctrl J");
    assertThat(page.changed(Action.CHAT)).isTrue();
  }

  @Test
  void keysOfAnActionThatHoldsAtTheSameTimeAreDisputed() {
    choose(Action.START, "Ctrl N");
    assertThat(page.problem().get()).contains("Ctrl N", "New run");
    assertThat(bindings.text(Action.START)).isEqualTo("Ctrl Enter");
    page.takeOver();
    assertThat(bindings.text(Action.START)).isEqualTo("Ctrl N");
    assertThat(bindings.of(Action.NEW_RUN)).isEmpty();
    assertThat(stored().of(Action.NEW_RUN)).isEmpty();
    assertThat(page.problem().get()).isEmpty();
  }

  @Test
  void keysOfAnotherScreenAreFree() {
    choose(Action.STOP, "Ctrl Enter");
    assertThat(page.problem().get()).isEmpty();
    assertThat(bindings.text(Action.STOP)).isEqualTo("Ctrl Enter");
    assertThat(bindings.text(Action.START)).isEqualTo("Ctrl Enter");
  }

  @Test
  void keysThatEveryTextNeedsAreRefused() {
    choose(Action.CHAT, "Ctrl C");
    assertThat(page.problem().get()).startsWith("Ctrl C");
    assertThat(page.disputed().get()).isNull();
    assertThat(bindings.of(Action.CHAT)).isEmpty();
  }

  @Test
  void allKeysRestWhileOthersAreChosen() {
    page.begin(Action.CHAT);
    assertThat(bindings.resting().get()).isTrue();
    page.end();
    assertThat(bindings.resting().get()).isFalse();
  }

  @Test
  void goingBackToKeysThatAnotherHasNowIsADisputeToo() {
    choose(Action.NEW_RUN, "Ctrl J");
    choose(Action.CHAT, "Ctrl N");
    page.reset(Action.NEW_RUN);
    assertThat(page.problem().get()).contains("chat");
    page.takeOver();
    assertThat(bindings.text(Action.NEW_RUN)).isEqualTo("Ctrl N");
    assertThat(bindings.of(Action.CHAT)).isEmpty();
  }

  @Test
  void aClearedActionHasNoKeysUntilAllAreReset() {
    page.begin(Action.HELP);
    page.clear();
    assertThat(stored().of(Action.HELP)).isEmpty();
    page.resetAll();
    assertThat(stored().text(Action.HELP)).isEqualTo("F1");
    assertThat(page.changed(Action.HELP)).isFalse();
  }

  @Test
  void actionsAreFoundByWordsAndByKeys() {
    page.query().set("new run");
    assertThat(page.found(Action.NEW_RUN)).isTrue();
    assertThat(page.found(Action.HELP)).isFalse();
    page.query().set("f1");
    assertThat(page.found(Action.HELP)).isTrue();
  }

  private void choose(Action action, String keys) {
    page.begin(action);
    page.press(Keys.parse(keys).orElseThrow());
  }

  private KeyBindings stored() {
    return new KeyBindings(new SettingsFile(folder.resolve("settings.json")));
  }
}
