package org.adapterstudio.app.run;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;

/**
 * The tab of advised ranks: what is advised, layer by layer, and what became of the last change.
 */
final class RanksTab {
  private final RanksViewModel model;
  @FXML private VBox root;
  @FXML private VBox outcome;
  @FXML private Label sentence;
  @FXML private HBox bar;
  @FXML private ComboBox<Double> energy;
  @FXML private Button apply;
  @FXML private Label notice;
  @FXML private ListView<RankPanel.RankRow> layers;

  RanksTab(RanksViewModel model, Subscriptions subscriptions) {
    this.model = model;
    ViewFactory.load("run-ranks.fxml", this);
    energy.getItems().setAll(RanksViewModel.ENERGIES);
    energy.setValue(model.energyProperty().get());
    energy.setConverter(new Percent());
    energy.valueProperty().addListener((_, _, share) -> model.energyProperty().set(share));
    layers.setCellFactory(_ -> new RankCell());
    subscriptions.now(model.panelProperty(), this::show);
  }

  Tab tab() {
    return new Tab(Messages.text("run.tab.ranks"), root);
  }

  private void show(RankPanel panel) {
    outcome.getChildren().setAll(panel.outcome().stream().map(RanksTab::line).toList());
    shown(outcome, !panel.outcome().isEmpty());
    sentence.setText(panel.sentence());
    shown(bar, !panel.rows().isEmpty());
    apply.setText(panel.apply());
    shown(apply, !panel.apply().isEmpty());
    notice.setText(panel.notice());
    shown(notice, !panel.notice().isEmpty());
    if (!layers.getItems().equals(panel.rows())) {
      layers.getItems().setAll(panel.rows());
    }
    shown(layers, !panel.rows().isEmpty());
  }

  private static Label line(String text) {
    var line = new Label(text);
    line.setWrapText(true);
    line.setMinHeight(Region.USE_PREF_SIZE);
    return line;
  }

  private static void shown(javafx.scene.Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void apply() {
    model.apply();
  }

  /** 0.95 reads 95 %. */
  private static final class Percent extends StringConverter<Double> {
    @Override
    public String toString(Double share) {
      return share == null ? "" : Math.round(100 * share) + " %";
    }

    @Override
    public Double fromString(String text) {
      return Double.parseDouble(text.replace(" %", "")) / 100;
    }
  }
}
