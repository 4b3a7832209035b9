package org.adapterstudio.app.run;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import org.adapterstudio.app.plot.BarsView;
import org.adapterstudio.app.plot.Crosshair;
import org.adapterstudio.app.plot.Curve;
import org.adapterstudio.app.plot.HeatMapView;
import org.adapterstudio.app.plot.HeatScale;
import org.adapterstudio.app.plot.Ink;
import org.adapterstudio.app.plot.PlotContent;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Range;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Event;

/** The cards of a run, under one cross-hair. */
final class RunCharts {
  private final RunViewModel model;
  private final ChartGrid cards;
  @FXML private ScrollPane root;
  @FXML private GridPane grid;
  @FXML private PlotView loss;
  @FXML private PlotView scores;
  @FXML private PlotView rate;
  @FXML private PlotView norm;
  @FXML private PlotView speed;
  @FXML private HeatMapView rank;
  @FXML private BarsView values;
  @FXML private Label lossValue;
  @FXML private Label scoresTitle;
  @FXML private Label scoresValue;
  @FXML private Label rateValue;
  @FXML private Label normValue;
  @FXML private Label speedValue;
  @FXML private Label valuesFacts;
  @FXML private Tooltip valuesTip;
  @FXML private Slider smoothing;
  @FXML private Slider time;

  RunCharts(RunViewModel model, Subscriptions subscriptions) {
    this.model = model;
    ViewFactory.load("run-charts.fxml", this);
    cards = new ChartGrid(grid);
    var crosshair = new Crosshair();
    List.of(loss, scores, rate, norm, speed).forEach(plot -> plot.share(crosshair));
    rank.share(crosshair);
    subscriptions.now(smoothing.valueProperty(), w -> smooth(w.doubleValue()));
    model.layerProperty().addListener((_, _, layer) -> rank.chosenProperty().set(layer.intValue()));
    subscriptions.on(rank.chosenProperty(), row -> model.layerProperty().set(row.intValue()));
    subscriptions.on(
        time.valueProperty(), at -> model.chooseSpectrum((int) Math.round(at.doubleValue())));
    subscriptions.now(model.revisionProperty(), _ -> refresh());
    subscriptions.on(model.layerProperty(), _ -> showValues());
    subscriptions.on(model.spectrumProperty(), _ -> showValues());
  }

  Parent root() {
    return root;
  }

  private void smooth(double w) {
    loss.optionsProperty().set(loss.optionsProperty().get().withSmoothing(w));
  }

  private void refresh() {
    RunRecord record = model.record();
    loss.show(
        content(
            "run.card.loss",
            List.of(
                Curve.plain(text("run.series.loss"), record.loss, Ink.FIRST, Unit.LOSS).smoothed()),
            Curve.plain(text("run.series.eval"), record.evalLoss, Ink.SECOND, Unit.LOSS),
            Double.NaN));
    rate.show(
        single("run.card.rate", "run.series.rate", record.learningRate, Unit.RATE, Double.NaN));
    showScores(record);
    double clip = model.recipe().training().maxGradNorm();
    norm.show(
        single(
            "run.card.norm",
            "run.series.norm",
            record.gradNorm,
            Unit.NORM,
            clip > 0 ? clip : Double.NaN));
    speed.show(
        content(
            "run.card.speed",
            List.of(
                Curve.plain(
                    text("run.series.speed"), record.tokensPerSecond, Ink.FIRST, Unit.SPEED),
                Curve.plain(text("run.series.memory"), record.memoryGib, Ink.SECOND, Unit.GIB)
                    .onTheRight()),
            null,
            Double.NaN));
    latest(record);
    var scale = new HeatScale(new Range(1, Math.max(2, record.rank())), text("run.rank.unit"));
    rank.show(record.effectiveRank, scale, waitingForSpectrum());
    rank.chosenProperty().set(model.layerProperty().get());
    showValues();
  }

  private void showScores(RunRecord record) {
    cards.arrange(!record.scores.isEmpty());
    if (record.scores.isEmpty()) {
      return;
    }
    String first = record.scores.firstEntry().getKey();
    scoresTitle.setText(Scores.title(first));
    scoresValue.setText(
        ScoreCurves.unit(first).text(record.scores.firstEntry().getValue().lastY()));
    scores.show(
        new PlotContent(
            Scores.title(first),
            text("run.wait.step"),
            ScoreCurves.of(record.scores),
            null,
            record.checkpoints,
            record.resumes,
            Double.NaN));
  }

  private void latest(RunRecord record) {
    boolean any = record.loss.size() > 0;
    lossValue.setText(any ? Unit.LOSS.text(record.loss.lastY()) : "");
    rateValue.setText(any ? Unit.RATE.text(record.learningRate.lastY()) : "");
    normValue.setText(any ? Unit.NORM.text(record.gradNorm.lastY()) : "");
    speedValue.setText(
        any
            ? Unit.SPEED.text(record.tokensPerSecond.lastY())
                + " \u00b7 "
                + Unit.GIB.text(record.memoryGib.lastY())
            : "");
  }

  private void showValues() {
    RunRecord record = model.record();
    int at = model.spectrumProperty().get();
    int layer = model.layerProperty().get();
    time.setMax(Math.max(0, record.spectra.size() - 1));
    time.setValue(Math.max(0, at));
    time.setDisable(record.spectra.size() < 2);
    boolean known = at >= 0 && layer >= 0 && layer < record.spectra.get(at).layers().size();
    valuesFacts.setVisible(known);
    valuesFacts.setManaged(known);
    if (!known) {
      values.show(text("run.card.values"), List.of(), 1, waitingForSpectrum());
      return;
    }
    Event.Spectrum spectrum = record.spectra.get(at);
    Event.Spectrum.Layer shown = spectrum.layers().get(layer);
    String name = LayerName.shortened(shown.name());
    valuesFacts.setText(
        Messages.text(
            "run.values.facts",
            name,
            spectrum.step(),
            Unit.RANK.text(shown.effectiveRank()),
            Unit.RANK.text(shown.norm())));
    valuesTip.setText(
        Messages.text("run.values.tip", shown.name(), Unit.RANK.text(shown.stableRank())));
    values.show(
        Messages.text("run.card.values.of", name),
        shown.singularValues(),
        record.largestSingularValue(layer),
        "");
  }

  private String waitingForSpectrum() {
    int every = model.recipe().training().spectrumSteps();
    return every == 0 ? text("run.wait.spectrum.never") : Messages.text("run.wait.spectrum", every);
  }

  private PlotContent single(String title, String name, Series series, Unit unit, double limit) {
    return content(title, List.of(Curve.plain(text(name), series, Ink.FIRST, unit)), null, limit);
  }

  private PlotContent content(String title, List<Curve> curves, Curve dots, double limit) {
    RunRecord record = model.record();
    return new PlotContent(
        text(title),
        text("run.wait.step"),
        curves,
        dots,
        record.checkpoints,
        record.resumes,
        limit);
  }

  private static String text(String key) {
    return Messages.text(key);
  }
}
