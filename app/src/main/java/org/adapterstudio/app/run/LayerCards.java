package org.adapterstudio.app.run;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.plot.BarsView;
import org.adapterstudio.app.plot.HeatMapView;
import org.adapterstudio.app.plot.HeatScale;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Range;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Event;

/**
 * The cards that look into layers: effective rank of all, singular values and angles of the one
 * that was clicked, at any time.
 */
final class LayerCards {
  private static final double RIGHT_ANGLE = 90;
  private final RunViewModel model;
  @FXML private VBox rankCard;
  @FXML private VBox valuesCard;
  @FXML private VBox driftCard;
  @FXML private HeatMapView rank;
  @FXML private BarsView values;
  @FXML private Label valuesFacts;
  @FXML private Tooltip valuesTip;
  @FXML private Slider time;
  @FXML private PlotView drift;
  @FXML private BarsView angles;
  @FXML private Label driftFacts;

  LayerCards(RunViewModel model, Subscriptions subscriptions) {
    this.model = model;
    ViewFactory.load("run-layers.fxml", this);
    subscriptions.on(model.layerProperty(), layer -> rank.chosenProperty().set(layer.intValue()));
    subscriptions.on(rank.chosenProperty(), row -> model.layerProperty().set(row.intValue()));
    subscriptions.on(
        time.valueProperty(), at -> model.chooseSpectrum((int) Math.round(at.doubleValue())));
    subscriptions.on(model.layerProperty(), _ -> showLayer());
    subscriptions.on(model.spectrumProperty(), _ -> showLayer());
  }

  /** The cards, each with its id. */
  List<VBox> cards() {
    return List.of(rankCard, valuesCard, driftCard);
  }

  HeatMapView rank() {
    return rank;
  }

  PlotView drift() {
    return drift;
  }

  /** Shows what came since. */
  void refresh() {
    RunRecord record = model.record();
    var scale = new HeatScale(new Range(1, Math.max(2, record.rank())), text("run.rank.unit"));
    rank.show(record.effectiveRank, scale, waiting());
    rank.chosenProperty().set(model.layerProperty().get());
    drift.show(new RunCurves(record, 0).drift());
    showLayer();
  }

  private void showLayer() {
    RunRecord record = model.record();
    int at = model.spectrumProperty().get();
    int layer = model.layerProperty().get();
    time.setMax(Math.max(0, record.spectra.size() - 1));
    time.setValue(Math.max(0, at));
    time.setDisable(record.spectra.size() < 2);
    boolean known = at >= 0 && layer >= 0 && layer < record.spectra.get(at).layers().size();
    shown(valuesFacts, known);
    shown(driftFacts, known);
    if (known) {
      Event.Spectrum spectrum = record.spectra.get(at);
      showValues(spectrum.step(), spectrum.layers().get(layer), layer);
      showAngles(spectrum.step(), spectrum.layers().get(layer));
    } else {
      values.show(text("run.card.values"), List.of(), 1, waiting());
    }
  }

  private void showValues(int step, Event.Spectrum.Layer layer, int index) {
    String name = LayerName.shortened(layer.name());
    valuesFacts.setText(
        Messages.text(
            "run.values.facts",
            name,
            step,
            Unit.RANK.text(layer.effectiveRank()),
            Unit.RANK.text(layer.norm())));
    valuesTip.setText(
        Messages.text("run.values.tip", layer.name(), Unit.RANK.text(layer.stableRank())));
    values.show(
        Messages.text("run.card.values.of", name),
        layer.singularValues(),
        model.record().largestSingularValue(index),
        "");
  }

  private void showAngles(int step, Event.Spectrum.Layer layer) {
    String name = LayerName.shortened(layer.name());
    List<Double> shown = layer.angles() == null ? List.of() : layer.angles();
    String drifted = layer.drift() == null ? text("run.drift.none") : Unit.NORM.text(layer.drift());
    driftFacts.setText(
        shown.isEmpty()
            ? Messages.text("run.drift.facts", name, step, drifted)
            : Messages.text(
                "run.drift.angles",
                name,
                step,
                drifted,
                Unit.ANGLE.text(shown.getFirst()),
                Unit.ANGLE.text(shown.getLast())));
    angles.caption(text("run.angles.caption"));
    angles.show(
        Messages.text("run.card.angles.of", name),
        "principal_angle_degrees",
        shown,
        RIGHT_ANGLE,
        text("run.wait.angles"));
  }

  private String waiting() {
    int every = model.recipe().training().spectrumSteps();
    if (model.record().imported()) {
      return text("run.wait.untold");
    }
    return every == 0 ? text("run.wait.spectrum.never") : Messages.text("run.wait.spectrum", every);
  }

  private static void shown(Label label, boolean visible) {
    label.setVisible(visible);
    label.setManaged(visible);
  }

  private static String text(String key) {
    return Messages.text(key);
  }
}
