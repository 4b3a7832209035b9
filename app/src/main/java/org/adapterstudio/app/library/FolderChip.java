package org.adapterstudio.app.library;

import java.nio.file.Path;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.adapterstudio.app.ui.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** A folder as a small label with one button: taken out again, or added. */
final class FolderChip extends HBox {
  private static final double LONGEST = 280;

  private FolderChip(Path folder, String text, String icon, String style, Button button) {
    super(4);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().addAll("chip", style);
    var name = new Label(text, new FontIcon(icon));
    name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    name.setMaxWidth(LONGEST);
    name.setTooltip(new Tooltip(folder.toString()));
    getChildren().addAll(name, button);
  }

  /** A folder of the library. */
  static FolderChip added(Path folder, String name, Runnable remove) {
    var button = new Button(null, new FontIcon("fth-x"));
    button.getStyleClass().addAll("quiet", "chip-button");
    button.setTooltip(new Tooltip(Messages.text("library.folder.remove")));
    button.setAccessibleText(Messages.text("library.folder.remove"));
    button.setOnAction(_ -> remove.run());
    return new FolderChip(folder, name, "fth-folder", "chip-added", button);
  }

  /** A folder that was found and could be added. */
  static FolderChip offered(Path folder, String name, Runnable add) {
    var button = new Button(Messages.text("library.offer.add"), new FontIcon("fth-plus"));
    button.getStyleClass().addAll("quiet", "chip-button");
    button.setTooltip(new Tooltip(Messages.text("library.offer")));
    button.setOnAction(_ -> add.run());
    return new FolderChip(folder, name, "fth-search", "chip-offered", button);
  }
}
