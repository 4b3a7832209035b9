package org.adapterstudio.app.runs;

import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The strip below the table: a field for a name, tags or a note, and for half a minute the way back
 * from what was done last.
 */
final class AboutStrip {
  private static final Duration WAY_BACK = Duration.seconds(30);

  private final RunActs acts;
  private final VBox foot;
  private final Runnable backToTable;
  private final Label question = new Label();
  private final TextField field = new TextField();
  private final Label done = new Label();
  private final HBox asking;
  private final HBox undoing;
  private final PauseTransition closing = new PauseTransition(WAY_BACK);
  private Consumer<String> answer = _ -> {};

  AboutStrip(RunActs acts, VBox foot, Runnable backToTable, Subscriptions subscriptions) {
    this.acts = acts;
    this.foot = foot;
    this.backToTable = backToTable;
    asking = strip(new FontIcon("fth-edit-2"), question, field, saveButton(), closeButton());
    undoing = strip(new FontIcon("fth-rotate-ccw"), done, grow(), undoButton());
    HBox.setHgrow(field, Priority.ALWAYS);
    field.setOnAction(_ -> save());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::escape);
    question.setMaxWidth(280);
    question.setMinWidth(64);
    subscriptions.now(acts.undoProperty(), this::showUndo);
    subscriptions.add(closing::stop);
    closing.setOnFinished(_ -> acts.forget(acts.undoProperty().get()));
  }

  private static HBox strip(javafx.scene.Node... nodes) {
    var strip = new HBox(8, nodes);
    strip.setAlignment(Pos.CENTER_LEFT);
    strip.getStyleClass().addAll("card", "runs-strip");
    return strip;
  }

  private static Region grow() {
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    return space;
  }

  private Button saveButton() {
    return button("runs.ask.save", "primary", this::save);
  }

  private Button closeButton() {
    return button("runs.ask.cancel", "quiet", this::close);
  }

  private Button undoButton() {
    return button("runs.undo", "primary", acts::undo);
  }

  private static Button button(String key, String style, Runnable act) {
    var button = new Button(Messages.text(key));
    button.getStyleClass().add(style);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> act.run());
    return button;
  }

  /** Asks for a text, with the present one to change; Enter saves, Escape leaves it. */
  void ask(String text, String now, Consumer<String> take) {
    answer = take;
    question.setText(text);
    field.setAccessibleText(text);
    field.setText(now);
    if (!foot.getChildren().contains(asking)) {
      foot.getChildren().add(asking);
    }
    field.requestFocus();
    field.selectAll();
  }

  private void save() {
    answer.accept(field.getText());
    close();
  }

  private void close() {
    foot.getChildren().remove(asking);
    backToTable.run();
  }

  private void escape(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      close();
      event.consume();
    }
  }

  private void showUndo(RunActs.Undo last) {
    foot.getChildren().remove(undoing);
    closing.stop();
    if (last != null) {
      done.setText(last.sentence());
      foot.getChildren().addFirst(undoing);
      closing.playFromStart();
    }
  }
}
