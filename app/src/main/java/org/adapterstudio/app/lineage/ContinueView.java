package org.adapterstudio.app.lineage;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.lineage.Continuation;
import org.adapterstudio.contract.run.lineage.Continuation.Item;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;
import org.adapterstudio.contract.run.lineage.Standing;

/** The dialog that goes on with a run. */
public final class ContinueView implements View {
  private final ContinueViewModel model;
  private final Runnable close;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<Kind, ToggleButton> kinds = new EnumMap<>(Kind.class);
  @FXML private VBox root;
  @FXML private Label title;
  @FXML private Label standing;
  @FXML private ToggleButton resume;
  @FXML private ToggleButton extend;
  @FXML private ToggleButton rewind;
  @FXML private ToggleButton branch;
  @FXML private HBox checkpointBox;
  @FXML private ComboBox<Integer> checkpoint;
  @FXML private HBox extendBox;
  @FXML private TextField more;
  @FXML private ComboBox<Amendment.Rate> rate;
  @FXML private VBox branchBox;
  @FXML private TilePane fields;
  @FXML private CheckBox optimizer;
  @FXML private VBox restored;
  @FXML private VBox chosen;
  @FXML private VBox changes;
  @FXML private Label refusal;
  @FXML private Button act;

  /**
   * A dialog that reads its run at once.
   *
   * @param close takes the dialog away
   */
  public ContinueView(ContinueViewModel model, Runnable close) {
    this.model = model;
    this.close = close;
    ViewFactory.load("continue.fxml", this);
    title.setText(Messages.text("continue.title", model.run().name()));
    choices();
    parameters();
    subscriptions.now(model.kindProperty(), this::showKind);
    subscriptions.now(model.fields(), this::showFields);
    subscriptions.now(model.standingProperty(), this::showStanding);
    subscriptions.now(model.planProperty(), this::showPlan);
    subscriptions.now(model.failureProperty(), _ -> showRefusals());
    subscriptions.now(model.workingProperty(), _ -> showRefusals());
    model.look();
  }

  private void choices() {
    kinds.put(Kind.RESUME, resume);
    kinds.put(Kind.EXTEND, extend);
    kinds.put(Kind.REWIND, rewind);
    kinds.put(Kind.BRANCH, branch);
    var group = new ToggleGroup();
    kinds.forEach(
        (kind, button) -> {
          button.setToggleGroup(group);
          button.setOnAction(
              _ -> {
                button.setSelected(true); // one of them always is
                model.kindProperty().set(kind);
              });
        });
  }

  private void parameters() {
    checkpoint.setItems(model.steps());
    checkpoint.setConverter(words(step -> Messages.text("continue.step", step)));
    checkpoint.valueProperty().bindBidirectional(model.stepProperty());
    more.textProperty().bindBidirectional(model.moreProperty());
    rate.getItems().setAll(Amendment.Rate.values());
    rate.setConverter(
        words(one -> Messages.text("continue.rate." + one.name().toLowerCase(Locale.ROOT))));
    rate.valueProperty().bindBidirectional(model.rateProperty());
    optimizer.selectedProperty().bindBidirectional(model.optimizerProperty());
  }

  private static <T> StringConverter<T> words(java.util.function.Function<T, String> words) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : words.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("chosen, never typed");
      }
    };
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void close() {
    subscriptions.close();
    model.close();
  }

  private void showKind(Kind kind) {
    if (kind != null) {
      kinds.get(kind).setSelected(true);
    }
    shown(checkpointBox, kind == Kind.REWIND || kind == Kind.BRANCH);
    shown(extendBox, kind == Kind.EXTEND);
    shown(branchBox, kind == Kind.BRANCH);
  }

  private void showFields() {
    fields.getChildren().setAll(model.fields().stream().map(ContinueView::box).toList());
  }

  private static Node box(BranchField field) {
    var label = new Label(Messages.text("continue.field." + field.path()));
    label.getStyleClass().add("form-label");
    var text = new TextField();
    text.setAccessibleText(label.getText());
    text.textProperty().bindBidirectional(field.text());
    label.setLabelFor(text);
    return new VBox(4, label, text);
  }

  private void showStanding(Standing seen) {
    standing.setText(
        seen == null
            ? Messages.text("continue.reading")
            : Messages.text(
                "continue.standing",
                seen.state().words(),
                seen.step(),
                seen.total(),
                seen.checkpoints().size()));
  }

  private void showPlan(Continuation plan) {
    fill(restored, plan == null ? List.of() : plan.restored());
    fill(chosen, plan == null ? List.of() : plan.chosen());
    fill(changes, plan == null ? List.of() : plan.changes());
    act.setText(plan == null ? Messages.text("continue.act") : verb(plan));
    showRefusals();
  }

  private String verb(Continuation plan) {
    return switch (plan.kind()) {
      case RESUME -> Messages.text("continue.act.resume", plan.step());
      case EXTEND -> Messages.text("continue.act.extend", model.moreProperty().get().strip());
      case REWIND -> Messages.text("continue.act.rewind", plan.step());
      case BRANCH -> Messages.text("continue.act.branch", plan.step());
    };
  }

  private static void fill(VBox group, List<Item> items) {
    group.getChildren().setAll(items.stream().map(ContinueView::line).toList());
    if (items.isEmpty()) {
      var none = new Label(Messages.text("continue.none"));
      none.getStyleClass().add("muted");
      group.getChildren().setAll(none);
    }
  }

  private static Node line(Item item) {
    var what = new Label(item.what());
    what.getStyleClass().add("strong");
    what.setWrapText(true);
    var how = new Label(item.how());
    how.getStyleClass().add("muted");
    how.setWrapText(true);
    how.setMinHeight(Label.USE_PREF_SIZE);
    return new VBox(what, how);
  }

  private void showRefusals() {
    List<String> all = model.refusals();
    refusal.setText(String.join("\n", all));
    shown(refusal, !all.isEmpty());
    act.setDisable(!model.ready());
  }

  private static void shown(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void act() {
    model.carryOut(close);
  }

  @FXML
  private void cancel() {
    close.run();
  }
}
