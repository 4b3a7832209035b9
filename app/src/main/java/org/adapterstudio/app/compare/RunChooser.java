package org.adapterstudio.app.compare;

import java.util.List;
import java.util.Locale;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.run.RunHeader;
import org.adapterstudio.app.runs.RunRow;
import org.adapterstudio.app.ui.Messages;

/** A list of the other runs to add one from, those most like the first on top. */
final class RunChooser {
  private final CompareViewModel model;
  private final TextField search = new TextField();
  private final ListView<RunRow> list = new ListView<>();
  private final ContextMenu popup = new ContextMenu();

  RunChooser(CompareViewModel model) {
    this.model = model;
    search.setPromptText(Messages.text("compare.add.search"));
    search.setAccessibleText(Messages.text("compare.add.search"));
    list.setPrefSize(360, 240);
    list.setFixedCellSize(32);
    list.setCellFactory(_ -> new Row());
    list.setOnMouseClicked(_ -> take());
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    search.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    search.textProperty().subscribe(_ -> fill());
    var box = new VBox(8, search, list);
    box.setMinWidth(Region.USE_PREF_SIZE);
    var item = new CustomMenuItem(box, false);
    item.getStyleClass().add("run-chooser");
    popup.getItems().add(item);
  }

  /** Opens below a button. */
  void open(javafx.scene.Node below) {
    search.clear();
    fill();
    popup.show(below, Side.BOTTOM, 0, 4);
    search.requestFocus();
  }

  void close() {
    popup.hide();
  }

  private void fill() {
    String words = search.getText().toLowerCase(Locale.ROOT).strip();
    List<RunRow> found =
        model.candidates().stream()
            .filter(
                row -> (row.name() + " " + row.method()).toLowerCase(Locale.ROOT).contains(words))
            .toList();
    list.getItems().setAll(found);
    list.getSelectionModel().selectFirst();
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      take();
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE) {
      close();
      event.consume();
    } else if (event.getCode() == KeyCode.DOWN && event.getTarget() == search) {
      list.requestFocus();
      event.consume();
    }
  }

  private void take() {
    RunRow chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      close();
      model.add(chosen.run());
    }
  }

  /** Name and state of a run. */
  private static final class Row extends ListCell<RunRow> {
    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(
          empty || row == null
              ? ""
              : row.state() == null
                  ? row.name()
                  : row.name() + "  \u00b7  " + RunHeader.stateWords(row.state()));
      setPrefWidth(0);
    }
  }
}
