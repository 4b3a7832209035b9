package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.DialogService;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;

/**
 * Where rows come from: a file; or, for tasks whose examples are files of their own, a folder of
 * them or the file that lists them.
 */
final class DataSource extends VBox {
  private static final String[] KINDS = {
    "*.jsonl", "*.json", "*.parquet", "*.csv", "*.tsv", "*.txt"
  };
  private final Label label = new Label();
  private final TextField field = new TextField();
  private final Button folder = new Button();
  private final Button file = new Button();
  private final String role;

  /**
   * A source.
   *
   * @param role what it is for: train or eval
   */
  DataSource(String role, StringProperty path, DialogService dialogs) {
    this.role = role;
    getStyleClass().add("field");
    label.getStyleClass().add("field-label");
    field.textProperty().bindBidirectional(path);
    HBox.setHgrow(field, Priority.ALWAYS);
    browse(file, path, () -> dialogs.chooseFile(label.getText(), KINDS));
    browse(folder, path, () -> dialogs.chooseFolder(label.getText()));
    var line = new HBox(8, field, folder, file);
    line.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(label, line);
    suit(null);
  }

  private static void browse(Button button, StringProperty path, Supplier<Optional<Path>> ask) {
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> ask.get().ifPresent(chosen -> path.set(chosen.toString())));
  }

  /** Asks for what a task reads; null is not known yet. */
  void suit(MethodCard task) {
    boolean files = task != null && task.task().ofFiles();
    String key = "train.source." + role + (files ? ".files" : ".rows");
    label.setText(Messages.text(key));
    field.setPromptText(Messages.text(key + ".prompt"));
    field.setAccessibleText(label.getText());
    folder.setText(Messages.text("train.browse.folder"));
    folder.setAccessibleText(label.getText() + ": " + folder.getText());
    file.setText(Messages.text(files ? "train.browse.file" : "train.browse"));
    file.setAccessibleText(label.getText() + ": " + file.getText());
    folder.setVisible(files);
    folder.setManaged(files);
  }
}
