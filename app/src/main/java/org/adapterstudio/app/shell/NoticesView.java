package org.adapterstudio.app.shell;

import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.kordamp.ikonli.javafx.FontIcon;

/** The cards of {@link Notices}, stacked in the lower right corner. */
final class NoticesView {
  private static final Duration SENTENCE_STAYS = Duration.seconds(5);
  private static final double WIDTH = 416;

  private final Notices notices;
  private final VBox stack;
  private final Map<Notices.Notice, Node> cards = new HashMap<>();

  NoticesView(Notices notices, VBox stack) {
    this.notices = notices;
    this.stack = stack;
    stack.setPickOnBounds(false);
    notices.shown().addListener(this::changed);
    notices.shown().forEach(this::add);
  }

  private void changed(ListChangeListener.Change<? extends Notices.Notice> change) {
    while (change.next()) {
      change.getRemoved().forEach(gone -> stack.getChildren().remove(cards.remove(gone)));
      change.getAddedSubList().forEach(this::add);
    }
  }

  private void add(Notices.Notice notice) {
    VBox card = card(notice);
    card.setAccessibleText(notice.sentence());
    card.getStyleClass().add("notice");
    card.setMaxWidth(WIDTH);
    cards.put(notice, card);
    stack.getChildren().add(card);
  }

  private VBox card(Notices.Notice notice) {
    if (notice.failure() != null) {
      return failure(notice, notice.failure());
    }
    return notice.act() == null ? sentence(notice) : happening(notice, notice.act());
  }

  private VBox happening(Notices.Notice notice, Notices.Act act) {
    var button = new Button(act.words());
    button.setOnAction(
        _ -> {
          notices.dismiss(notice);
          act.run().run();
        });
    var foot = new HBox(button);
    foot.setAlignment(Pos.CENTER_RIGHT);
    var card = new VBox(head(notice.bad() ? "fth-alert-circle" : "fth-info", notice), foot);
    if (notice.bad()) {
      card.getStyleClass().add("notice-error");
    }
    return card;
  }

  private VBox sentence(Notices.Notice notice) {
    var timer = new PauseTransition(SENTENCE_STAYS);
    timer.setOnFinished(_ -> notices.dismiss(notice));
    timer.play();
    return new VBox(head("fth-info", notice));
  }

  private VBox failure(Notices.Notice notice, Failure failure) {
    var card = new VBox(head("fth-alert-circle", notice));
    card.getStyleClass().add("notice-error");
    if (!failure.action().isBlank()) {
      var action = new Label(failure.action());
      action.setWrapText(true);
      action.getStyleClass().add("muted");
      card.getChildren().add(action);
    }
    if (!failure.detail().isBlank()) {
      card.getChildren().add(details(failure));
    }
    return card;
  }

  private HBox head(String icon, Notices.Notice notice) {
    var sign = new FontIcon(icon);
    sign.getStyleClass().add("notice-icon");
    var text = new Label(notice.sentence());
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    var close = new Button(null, new FontIcon("fth-x"));
    close.getStyleClass().add("quiet");
    close.setAccessibleText(Messages.text("notice.dismiss"));
    close.setTooltip(new Tooltip(Messages.text("notice.dismiss")));
    close.setOnAction(_ -> notices.dismiss(notice));
    var head = new HBox(8, sign, text, close);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private static TitledPane details(Failure failure) {
    var text = new TextArea(failure.detail());
    text.getStyleClass().addAll("mono", "detail");
    text.setEditable(false);
    text.setPrefRowCount(8);
    var copy = new Button(Messages.text("notice.copy"), new FontIcon("fth-copy"));
    copy.setOnAction(_ -> copy(failure));
    var pane = new TitledPane(Messages.text("notice.details"), new VBox(8, text, copy));
    pane.setExpanded(false);
    pane.setAnimated(false);
    return pane;
  }

  private static void copy(Failure failure) {
    var content = new ClipboardContent();
    content.putString(failure.text() + "\n\n" + failure.detail());
    Clipboard.getSystemClipboard().setContent(content);
  }
}
