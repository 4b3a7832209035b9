package org.adapterstudio.app.train;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.MemoryBar;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.serve.Reply;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The right side of the form: what will run, what it needs, and the button that says what is
 * missing.
 */
final class PlanPanel {
  private final TrainViewModel model;
  private final Runnable onStart;
  private final Runnable onEnqueue;
  @FXML private VBox root;
  @FXML private HBox numbers;
  @FXML private Label steps;
  @FXML private Label trainable;
  @FXML private VBox sentences;
  @FXML private VBox needs;
  @FXML private Label memoryText;
  @FXML private MemoryBar memory;
  @FXML private Label measured;
  @FXML private Label disk;
  @FXML private VBox problems;
  @FXML private Button start;
  @FXML private Button enqueue;

  PlanPanel(TrainViewModel model, Runnable onStart, Runnable onEnqueue) {
    this.model = model;
    this.onStart = onStart;
    this.onEnqueue = onEnqueue;
    ViewFactory.load("train-plan.fxml", this);
  }

  Parent root() {
    return root;
  }

  void refresh() {
    Reply.Planned plan = model.planProperty().get();
    boolean chosen =
        !model.form().modelProperty().get().isBlank()
            && !model.form().trainProperty().get().isBlank();
    shown(numbers, plan != null);
    shown(needs, plan != null);
    sentences.getChildren().clear();
    if (chosen) {
      Sentences.willRun(model).forEach(text -> sentences.getChildren().add(wrapped(text, "")));
    } else {
      sentences.getChildren().add(wrapped(Messages.text("train.run.wait"), "muted"));
    }
    if (plan != null) {
      numbers(plan);
    }
    problems(plan);
    Missing missing = model.missingProperty().get();
    boolean starting = model.startingProperty().get();
    start.setText(
        starting
            ? Messages.text("train.starting")
            : missing == null ? Messages.text("train.start") : missing.action());
    start.setGraphic(missing == null ? new FontIcon("fth-play") : null);
    shown(enqueue, missing == null);
    enqueue.setDisable(starting);
    start.getStyleClass().remove("primary");
    if (missing == null) {
      start.getStyleClass().add("primary");
    }
  }

  private void numbers(Reply.Planned plan) {
    steps.setText(Formats.whole(plan.totalSteps()));
    trainable.setText(Formats.count(plan.trainableParameters()));
    long total = plan.memoryBytes().total();
    long over = total - model.memory();
    memoryText.setText(
        over > 0
            ? Messages.text("train.run.memory.over", Formats.memory(over))
            : Messages.text(
                "train.run.memory.of", Formats.memory(total), Formats.memory(model.memory())));
    over(memoryText, over > 0);
    measured(plan);
    disk.setText(
        Messages.text(
            "train.run.disk.of",
            Formats.file(plan.diskBytes()),
            Formats.file(plan.diskFreeBytes())));
    over(disk, plan.diskBytes() > plan.diskFreeBytes());
  }

  /** The plan, and what a run of the same settings really took. */
  private void measured(Reply.Planned plan) {
    MeasuredBefore before = model.measuredProperty().get();
    var parts = plan.memoryBytes();
    long peak = before == null ? 0 : before.memory().peakBytes();
    memory.show(parts.parts(), parts.mapped(), model.memory(), peak);
    shown(measured, before != null);
    if (before != null) {
      measured.setText(
          Messages.text(
              "train.run.measured",
              before.run(),
              Formats.memory(peak),
              Formats.memory(before.memory().plannedBytes()),
              Formats.difference(before.memory().planError())));
    }
  }

  private void problems(Reply.Planned plan) {
    problems.getChildren().clear();
    if (plan != null) {
      for (Problem problem : plan.problems()) {
        problems.getChildren().add(problem(problem.toString()));
      }
    }
    if (model.planFailureProperty().get() != null) {
      problems.getChildren().add(problem(model.planFailureProperty().get().text()));
    }
  }

  static Label problem(String text) {
    Label label = wrapped(text, "problem");
    label.setGraphic(new FontIcon("fth-alert-triangle"));
    return label;
  }

  static Label wrapped(String text, String style) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Label.USE_PREF_SIZE);
    if (!style.isEmpty()) {
      label.getStyleClass().add(style);
    }
    return label;
  }

  private static void over(Label label, boolean over) {
    label.getStyleClass().remove("over");
    if (over) {
      label.getStyleClass().add("over");
    }
  }

  private static void shown(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  /** The button that starts. */
  Button startButton() {
    return start;
  }

  @FXML
  private void start() {
    onStart.run();
  }

  @FXML
  private void enqueue() {
    onEnqueue.run();
  }
}
