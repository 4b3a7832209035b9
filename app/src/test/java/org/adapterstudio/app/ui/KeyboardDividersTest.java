package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.junit.jupiter.api.Test;

class KeyboardDividersTest {
  @Test
  void arrowsMoveTheDividerThatTabReached() {
    Screen.stage();
    SplitPane split = Screen.call(() -> new SplitPane(new StackPane(), new StackPane()));
    KeyboardDividers.install(split);
    Stage stage = Picture.window(split, 400, 100, false);
    try {
      Node divider = split.lookup(".split-pane-divider");
      assertThat(divider.isFocusTraversable()).isTrue();
      assertThat(divider.getAccessibleText()).isNotBlank();
      double before = split.getDividerPositions()[0];
      Screen.run(() -> press(divider, KeyCode.RIGHT));
      assertThat(split.getDividerPositions()[0]).isGreaterThan(before);
      Screen.run(() -> press(divider, KeyCode.LEFT));
      Screen.run(() -> press(divider, KeyCode.LEFT));
      assertThat(split.getDividerPositions()[0]).isLessThan(before);
    } finally {
      Screen.run(stage::hide);
    }
  }

  private static void press(Node node, KeyCode code) {
    node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
  }
}
