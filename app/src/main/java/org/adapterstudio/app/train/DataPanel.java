package org.adapterstudio.app.train;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.adapterstudio.app.plot.HistogramView;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;

/** The data as training sees it: rows with trained tokens tinted, lengths, doubts, bad rows. */
final class DataPanel extends VBox {
  private static final int BAD_SHOWN = 6;
  private final TrainViewModel model;
  private final HistogramView lengths = new HistogramView();
  private final ColumnMapping mapping;

  DataPanel(TrainViewModel model) {
    super(16);
    this.model = model;
    mapping = new ColumnMapping(model);
    lengths.setPrefHeight(112);
    lengths.setMinHeight(112);
  }

  void refresh() {
    mapping.refresh();
    getChildren().clear();
    Failure failure = model.previewFailureProperty().get();
    if (failure != null) {
      getChildren().add(PlanPanel.problem(failure.text()));
    }
    Reply.DataPreviewed preview = model.previewProperty().get();
    if (preview != null && unclear(preview)) {
      preview.problems().forEach(p -> getChildren().add(PlanPanel.problem(p.sentence())));
    }
    getChildren().add(mapping);
    if (model.previewingProperty().get()) {
      var wait = new ProgressIndicator();
      wait.setPrefSize(16, 16);
      var line = new HBox(8, wait, muted(Messages.text("train.data.reading")));
      line.setAlignment(Pos.CENTER_LEFT);
      getChildren().add(line);
    }
    if (preview != null && !unclear(preview)) {
      preview(preview);
    }
  }

  /** Whether nothing but the columns could be told. */
  static boolean unclear(Reply.DataPreviewed preview) {
    return preview.trainRows() == 0 && preview.badRows().isEmpty();
  }

  private void preview(Reply.DataPreviewed preview) {
    String format = preview.format().replace('_', ' ');
    getChildren()
        .add(
            muted(
                Messages.text(
                    "train.data.facts", preview.trainRows(), preview.evalRows(), format)));
    if (!preview.badRows().isEmpty()) {
      getChildren().add(bad(preview.badRows()));
    }
    if (model.form().field("data.max_length").shownProperty().get()) {
      getChildren().add(lengths(preview));
    }
    getChildren().add(doubts(preview));
    var rows = new VBox(8, label(Messages.text("train.data.rows")));
    preview.rows().forEach(row -> rows.getChildren().add(row(row)));
    getChildren().add(rows);
  }

  private Node lengths(Reply.DataPreviewed preview) {
    int cutAt = model.form().recipe().data().maxLength();
    lengths.show(
        Messages.text("train.data.lengths"),
        preview.lengths(),
        cutAt,
        Messages.text("train.data.reading"));
    String cut =
        preview.cutRows() == 0
            ? Messages.text("train.data.lengths.whole")
            : Messages.text("train.data.lengths.cut", preview.cutRows(), preview.trainRows());
    var head = new HBox(8, label(Messages.text("train.data.lengths")), muted(cut));
    return new VBox(4, head, lengths);
  }

  private static Node doubts(Reply.DataPreviewed preview) {
    var line = new FlowPane(8, 4);
    if (preview.duplicates() > 0) {
      line.getChildren()
          .add(badge(Messages.text("train.data.duplicates", preview.duplicates()), "badge-warn"));
    }
    if (preview.leaked() > 0) {
      line.getChildren()
          .add(badge(Messages.text("train.data.leaked", preview.leaked()), "badge-warn"));
    }
    if (line.getChildren().isEmpty()) {
      line.getChildren().add(badge(Messages.text("train.data.clean"), "badge-ok"));
    }
    return line;
  }

  private Node bad(List<Reply.BadRow> rows) {
    var skip = new ToggleSwitch(Messages.text("train.data.skip"));
    FormField field = model.form().field("data.skip_bad_rows");
    skip.setSelected(field.textProperty().get().equals("true"));
    skip.selectedProperty()
        .addListener((_, _, on) -> field.textProperty().set(Boolean.toString(on)));
    var space = new javafx.scene.layout.Region();
    HBox.setHgrow(space, javafx.scene.layout.Priority.ALWAYS);
    var head = new HBox(8, label(Messages.text("train.data.bad", rows.size())), space, skip);
    head.setAlignment(Pos.CENTER_LEFT);
    var box = new VBox(head);
    box.getStyleClass().add("train-bad");
    for (Reply.BadRow row : rows.subList(0, Math.min(BAD_SHOWN, rows.size()))) {
      String text =
          row.field() == null || row.field().isEmpty()
              ? Messages.text("train.data.bad.line", row.line(), row.reason())
              : Messages.text("train.data.bad.row", row.line(), row.field(), row.reason());
      box.getChildren().add(wrapped(new Label(text)));
    }
    if (rows.size() > BAD_SHOWN) {
      String more = Messages.text("train.data.bad.more", rows.size() - BAD_SHOWN);
      box.getChildren().add(muted(more));
    }
    return box;
  }

  private static Node row(Reply.RenderedRow row) {
    var text = new TextFlow();
    for (Reply.Piece piece : row.pieces()) {
      var words = new Text(piece.text());
      words.getStyleClass().add(piece.trained() ? "piece-trained" : "piece");
      text.getChildren().add(words);
    }
    var box = new VBox(text);
    String place = place(row);
    if (!place.isEmpty()) {
      box.getChildren().addFirst(muted(place));
    }
    box.getStyleClass().add("rendered-row");
    return box;
  }

  /** Line and length, as far as there are such: a picture has neither. */
  private static String place(Reply.RenderedRow row) {
    if (row.tokens() > 0) {
      return Messages.text("train.data.row", row.line(), row.tokens());
    }
    return row.line() > 0 ? Messages.text("train.data.row.line", row.line()) : "";
  }

  private static Label badge(String text, String tint) {
    var label = new Label(text);
    label.getStyleClass().addAll("badge", tint);
    return label;
  }

  private static Label label(String text) {
    var label = new Label(text);
    label.getStyleClass().add("field-label");
    return label;
  }

  private static Label muted(String text) {
    Label label = wrapped(new Label(text));
    label.getStyleClass().add("muted");
    return label;
  }

  private static Label wrapped(Label label) {
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
