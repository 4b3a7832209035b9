package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.method.Knob;
import org.junit.jupiter.api.Test;

class FieldBoxTest {
  private final FormField field =
      new FormField(
          "data.format",
          new Knob.Choice("format", "Format", "auto", List.of("auto", "a", "b", "c"), ""),
          () -> {});

  @Test
  void whatIsChosenStaysWhenOtherOptionsAreOffered() {
    Screen.stage();
    var box = Screen.call(() -> FieldBox.choice(field));
    Screen.run(() -> box.setValue("b"));
    assertThat(field.textProperty().get()).isEqualTo("b");
    for (List<String> options :
        List.of(List.of("auto", "a"), List.of("auto", "c", "b", "a"), List.of("auto"))) {
      Screen.run(() -> field.offer(options));
      assertThat(field.textProperty().get()).isEqualTo("b");
      assertThat(Screen.call(box::getValue)).isEqualTo("b");
    }
    Screen.run(() -> box.setValue("auto"));
    assertThat(field.textProperty().get()).isEqualTo("auto");
  }

  @Test
  void aHiddenFieldLeavesNoGapAndComesBack() {
    Screen.stage();
    var other = new FormField("x", new Knob.Flag("x", "X", false, ""), () -> {});
    var third = new FormField("y", new Knob.Flag("y", "Y", false, ""), () -> {});
    var grid = Screen.call(() -> FieldGrid.of(List.of(field, other, third)));
    assertThat(grid.getChildren()).hasSize(3);
    Screen.run(() -> other.shownProperty().set(false));
    assertThat(grid.getChildren()).hasSize(2);
    assertThat(javafx.scene.layout.GridPane.getColumnIndex(grid.getChildren().get(1))).isEqualTo(1);
    Screen.run(() -> other.shownProperty().set(true));
    assertThat(grid.getChildren()).hasSize(3);
  }
}
