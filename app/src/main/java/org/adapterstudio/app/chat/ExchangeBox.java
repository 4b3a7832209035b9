package org.adapterstudio.app.chat;

import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.kordamp.ikonli.javafx.FontIcon;

/** A prompt across the drawer and its one or two answers below, side by side. */
final class ExchangeBox extends VBox {
  ExchangeBox(Exchange exchange, Choice base, Choice adapter) {
    super(8);
    getStyleClass().add("exchange");
    getChildren().add(prompt(exchange.prompt()));
    var answers = new GridPane(8, 0);
    answers.addColumn(0, answer(base.name(), exchange.base(), "side-base"));
    answers.getColumnConstraints().add(share(exchange.adapted() == null ? 100 : 50));
    if (exchange.adapted() != null) {
      answers.addColumn(1, answer(adapter.name(), exchange.adapted(), "side-adapted"));
      answers.getColumnConstraints().add(share(50));
      getChildren().addAll(answers, same(exchange));
    } else {
      getChildren().add(answers);
    }
  }

  private static ColumnConstraints share(double percent) {
    var column = new ColumnConstraints();
    column.setPercentWidth(percent);
    return column;
  }

  private static Label prompt(String text) {
    var label = new Label(text, new FontIcon("fth-user"));
    label.getStyleClass().add("asked");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private static VBox answer(String name, Answer answer, String side) {
    var heading = new Label(name);
    heading.getStyleClass().addAll("side-name");
    var text = new Label();
    text.setWrapText(true);
    text.textProperty().bind(answer.text());
    var note = new Label();
    note.getStyleClass().addAll("muted", "note");
    note.setWrapText(true);
    note.textProperty().bind(answer.note());
    var card = new VBox(8, heading, text, note);
    card.getStyleClass().addAll("answer", side);
    answer.failure().subscribe(failure -> addFailure(card, failure));
    return card;
  }

  private static void addFailure(VBox card, Failure failure) {
    if (failure == null) {
      return;
    }
    var sentence = new Label(failure.sentence(), new FontIcon("fth-alert-circle"));
    sentence.getStyleClass().add("entry-problem");
    sentence.setWrapText(true);
    sentence.setMinHeight(Region.USE_PREF_SIZE);
    var action = new Label(failure.action());
    action.getStyleClass().addAll("muted", "note");
    action.setWrapText(true);
    action.setMinHeight(Region.USE_PREF_SIZE);
    card.getChildren().addAll(sentence, action);
  }

  private static Label same(Exchange exchange) {
    var label = new Label(Messages.text("chat.same"), new FontIcon("fth-check"));
    label.getStyleClass().addAll("badge", "badge-accent");
    var same = exchange.same();
    same.subscribe(
        equal -> {
          label.setVisible(equal);
          label.setManaged(equal);
        });
    label.getProperties().put("same", same); // a binding is only held weakly by what it watches
    return label;
  }
}
