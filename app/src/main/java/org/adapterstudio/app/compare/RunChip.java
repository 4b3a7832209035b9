package org.adapterstudio.app.compare;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import org.adapterstudio.app.run.RunHeader;
import org.adapterstudio.app.run.StateBadge;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.RunFolder;
import org.kordamp.ikonli.javafx.FontIcon;

/** A run at the head of the comparison: number, line, name, state, and the way out. */
final class RunChip extends HBox {
  private static final double NAME = 208;
  private final int place;
  private final Hyperlink name;
  private final Label state = new Label();
  private final Button remove = new Button(null, new FontIcon("fth-x"));

  RunChip(CompareViewModel model, RunFolder run, RunMark mark, int place) {
    super(6);
    this.place = place;
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("compare-chip");
    name = new Hyperlink(run.name());
    name.setMaxWidth(NAME);
    name.setTooltip(new Tooltip(run.path().toString()));
    name.setAccessibleText(Messages.text("compare.open", run.name()));
    name.setOnAction(_ -> model.open(run));
    state.setMinWidth(Region.USE_PREF_SIZE);
    remove.getStyleClass().add("quiet");
    remove.setAccessibleText(Messages.text("compare.remove", run.name()));
    remove.setTooltip(new Tooltip(Messages.text("compare.remove", run.name())));
    remove.setOnAction(_ -> model.remove(run));
    getChildren().addAll(number(mark), sample(mark), name, state, remove);
  }

  /** The number of a run. */
  static Label number(RunMark mark) {
    var number = new Label(Integer.toString(mark.number()));
    number.getStyleClass().add("compare-number");
    number.setMinWidth(Region.USE_PREF_SIZE);
    return number;
  }

  /** A piece of the run's line. */
  static Line sample(RunMark mark) {
    var line = new Line(0, 0, 24, 0);
    line.getStyleClass().addAll("compare-line", mark.style());
    if (mark.dash().lengths() != null) {
      for (double length : mark.dash().lengths()) {
        line.getStrokeDashArray().add(length);
      }
    }
    return line;
  }

  /** Shows name and state as they were read. */
  void show(ComparedRuns comparison) {
    if (place < comparison.runs().size()) {
      ComparedRun run = comparison.runs().get(place);
      name.setText(run.name());
      StateBadge.show(state, run.state(), RunHeader.stateWords(run.state()));
    }
  }
}
