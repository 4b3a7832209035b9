package org.adapterstudio.app.run;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Event;

/** Samples, events, settings and log of a run. */
final class RunTabs {
  private final RunViewModel model;
  @FXML private TabPane root;
  @FXML private Tab settingsTab;
  @FXML private HBox sampleBar;
  @FXML private ComboBox<Integer> sampleStep;
  @FXML private VBox samples;
  @FXML private ListView<EventLine> events;
  @FXML private Label differing;
  @FXML private CheckBox onlyDiffering;
  @FXML private ListView<Setting> settings;
  @FXML private CheckBox followLog;
  @FXML private ListView<String> log;
  private List<Event.Sampled> shown = List.of();

  RunTabs(RunViewModel model, Subscriptions subscriptions) {
    this.model = model;
    ViewFactory.load("run-tabs.fxml", this);
    sampleStep.setCellFactory(_ -> new StepCell());
    sampleStep.setButtonCell(new StepCell());
    subscriptions.on(sampleStep.valueProperty(), _ -> showSamples());
    subscriptions.now(model.revisionProperty(), _ -> refreshSamples());
    events.setCellFactory(_ -> new EventCell());
    subscriptions.now(model.events(), this::refreshEvents);
    settings();
    log.setFixedCellSize(18);
    log.setPlaceholder(placeholder("run.log.empty"));
    log.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
    subscriptions.now(model.log(), this::refreshLog);
    subscriptions.on(followLog.selectedProperty(), _ -> refreshLog());
  }

  TabPane root() {
    return root;
  }

  /** Shows the settings, only those that differ, or all of them again. */
  void onlyDifferences() {
    root.getSelectionModel().select(settingsTab);
    onlyDiffering.fire();
  }

  private void refreshSamples() {
    List<Event.Sampled> all = model.record().samples;
    if (all.equals(shown) && !samples.getChildren().isEmpty()) {
      return;
    }
    shown = List.copyOf(all);
    List<Integer> steps = shown.stream().map(Event.Sampled::step).distinct().toList();
    Integer before = sampleStep.getValue();
    List<Integer> known = List.copyOf(sampleStep.getItems());
    boolean following = before == null || known.isEmpty() || before.equals(known.getLast());
    sampleBar.setVisible(!steps.isEmpty());
    sampleBar.setManaged(!steps.isEmpty());
    sampleStep.getItems().setAll(steps);
    if (!steps.isEmpty()) {
      sampleStep.setValue(following || !steps.contains(before) ? steps.getLast() : before);
    }
    showSamples();
  }

  private void showSamples() {
    Integer step = sampleStep.getValue();
    if (shown.isEmpty() || step == null) {
      boolean none = model.recipe().sampling().prompts().isEmpty();
      samples.getChildren().setAll(placeholder(none ? "run.sample.none" : "run.wait.sample"));
      return;
    }
    samples
        .getChildren()
        .setAll(
            shown.stream().filter(sample -> sample.step() == step).map(SampleBox::new).toList());
  }

  private void refreshEvents() {
    events.setItems(FXCollections.observableArrayList(model.events().reversed()));
  }

  private void settings() {
    var all = new FilteredList<>(FXCollections.observableArrayList(model.settings()));
    long count = model.settings().stream().filter(Setting::differs).count();
    differing.setText(Messages.text("run.settings.differ", count));
    onlyDiffering
        .selectedProperty()
        .addListener((_, _, only) -> all.setPredicate(setting -> !only || setting.differs()));
    settings.setItems(all);
    settings.setCellFactory(_ -> new SettingCell());
  }

  private void scrolled(ScrollEvent event) {
    if (event.getDeltaY() > 0) {
      followLog.setSelected(false);
    }
  }

  private void refreshLog() {
    log.getItems().setAll(model.log());
    if (followLog.isSelected() && !log.getItems().isEmpty()) {
      log.scrollTo(log.getItems().size() - 1);
    }
  }

  private static Label placeholder(String key) {
    var label = new Label(Messages.text(key));
    label.getStyleClass().add("muted");
    label.setWrapText(true);
    return label;
  }

  /** A step in the choice of answers. */
  private static final class StepCell extends ListCell<Integer> {
    @Override
    protected void updateItem(Integer step, boolean empty) {
      super.updateItem(step, empty);
      setText(empty || step == null ? "" : Formats.whole(step));
    }
  }
}
