package org.adapterstudio.app.run;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.Act;
import org.kordamp.ikonli.javafx.FontIcon;

/** One warning: sign and word, sentence, proof, a button for each act, and one to put it away. */
final class WarningBox extends HBox {
  WarningBox(WarningCard card, RunViewModel model) {
    getStyleClass().addAll("card", "run-warning");
    var sign = new FontIcon("fth-alert-triangle");
    sign.getStyleClass().add("run-warning-icon");
    var text = new VBox(sentence(card), proof(card));
    text.setFillWidth(true);
    text.setMinWidth(0);
    HBox.setHgrow(text, Priority.ALWAYS);
    getChildren().addAll(sign, text);
    card.acts().forEach(act -> getChildren().add(button(act, model)));
    getChildren().add(dismiss(card, model));
    setAlignment(Pos.CENTER_LEFT);
    setAccessibleText(Messages.text("run.warning", card.warning().sentence()));
  }

  private static Label sentence(WarningCard card) {
    var sentence = new Label(Messages.text("run.warning", card.warning().sentence()));
    sentence.getStyleClass().add("strong");
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    return sentence;
  }

  private static Label proof(WarningCard card) {
    var proof = new Label(card.warning().proof());
    proof.getStyleClass().addAll("muted", "run-proof");
    proof.setWrapText(true);
    proof.setMinHeight(USE_PREF_SIZE);
    boolean said = !card.warning().proof().isEmpty();
    proof.setVisible(said);
    proof.setManaged(said);
    return proof;
  }

  private static Button button(Act act, RunViewModel model) {
    var button = new Button(WarningActs.label(act));
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> model.act(act));
    return button;
  }

  private static Button dismiss(WarningCard card, RunViewModel model) {
    var close = new Button(null, new FontIcon("fth-x"));
    close.getStyleClass().add("quiet");
    close.setMinWidth(USE_PREF_SIZE);
    close.setAccessibleText(Messages.text("run.warning.dismiss"));
    close.setTooltip(new Tooltip(Messages.text("run.warning.dismiss")));
    close.setOnAction(_ -> model.warnings().dismiss(card));
    return close;
  }
}
