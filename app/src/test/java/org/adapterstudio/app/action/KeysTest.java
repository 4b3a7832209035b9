package org.adapterstudio.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"Ctrl K", "/", "Ctrl Shift Enter", "Ctrl .", "F1", "Space", "Alt 4", "L"})
  void areReadAsTheyAreWritten(String text) {
    assertThat(Keys.parse(text)).map(Keys::stored).hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ctrl", "Ctrl Nokey", "Hyper K", "k"})
  void thatDoNotExistAreNone(String text) {
    assertThat(Keys.parse(text)).isEmpty();
  }

  @Test
  void comeFromWhatIsPressed() {
    assertThat(pressed(KeyCode.ENTER, "", true, true)).isEqualTo("Ctrl Shift Enter");
    assertThat(pressed(KeyCode.PERIOD, ".", false, true)).isEqualTo("Ctrl .");
    assertThat(pressed(KeyCode.PERIOD, "", false, true)).isEqualTo("Ctrl .");
    assertThat(pressed(KeyCode.SPACE, " ", false, false)).isEqualTo("Space");
  }

  @Test
  void aSignIsTheSameWhereverTheKeyboardHasIt() {
    assertThat(pressed(KeyCode.SLASH, "/", false, false)).isEqualTo("/");
    assertThat(pressed(KeyCode.DIGIT7, "/", true, false)).isEqualTo("/");
    assertThat(pressed(KeyCode.DIGIT7, "7", false, false)).isEqualTo("7");
  }

  @Test
  void aModifierAloneIsNoKey() {
    assertThat(Keys.of(event(KeyCode.CONTROL, "", false, true))).isEmpty();
  }

  @Test
  void knowWhetherATextFieldWouldWriteThem() {
    assertThat(Keys.parse("L").orElseThrow().writes()).isTrue();
    assertThat(Keys.parse("Space").orElseThrow().writes()).isTrue();
    assertThat(Keys.parse("Ctrl L").orElseThrow().writes()).isFalse();
    assertThat(Keys.parse("F1").orElseThrow().writes()).isFalse();
  }

  private static String pressed(KeyCode code, String text, boolean shift, boolean ctrl) {
    return Keys.of(event(code, text, shift, ctrl)).orElseThrow().stored();
  }

  private static KeyEvent event(KeyCode code, String text, boolean shift, boolean ctrl) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, text, text, code, shift, ctrl, false, false);
  }
}
