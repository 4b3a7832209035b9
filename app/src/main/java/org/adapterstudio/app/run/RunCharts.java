package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.plot.Crosshair;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.StepPlot;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.plot.Viewport;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.MemoryBar;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.Event;

/** The cards of a run, under one cross-hair and one view. */
final class RunCharts {
  /** The memory's bar ends a little behind the larger of plan and peak. */
  private static final double MEMORY_ROOM = 1.08;

  private static final String MEMORY = "memoryCard";
  private static final List<String> PLAIN =
      List.of("lossCard", "rankCard", "normCard", "valuesCard", "rateCard", "speedCard");
  private static final List<String> SCORED =
      List.of(
          "lossCard", "scoresCard", "rankCard", "valuesCard", "normCard", "speedCard", "rateCard");

  private final RunViewModel model;
  private final Viewport viewport = new Viewport();
  private final List<String> added = new ArrayList<>();
  private final LayerCards layers;
  private final ChartGrid cards;
  @FXML private ScrollPane root;
  @FXML private VBox content;
  @FXML private GridPane grid;
  @FXML private Button more;
  @FXML private PlotView loss;
  @FXML private PlotView scores;
  @FXML private PlotView rate;
  @FXML private PlotView norm;
  @FXML private PlotView speed;
  @FXML private Label lossValue;
  @FXML private MemoryBar memory;
  @FXML private Label memoryValue;
  @FXML private Label memoryFacts;
  @FXML private Label scoresTitle;
  @FXML private Label scoresValue;
  @FXML private Label rateValue;
  @FXML private Label normValue;
  @FXML private Label speedValue;
  @FXML private Slider smoothing;

  RunCharts(RunViewModel model, ChartMemory choices, Subscriptions subscriptions) {
    this.model = model;
    ViewFactory.load("run-charts.fxml", this);
    layers = new LayerCards(model, subscriptions);
    cards = new ChartGrid(grid, more, choices);
    layers.cards().forEach(cards::add);
    StepTimes times = model.record().times;
    content.getChildren().addFirst(new ChartBar(viewport, times, choices, subscriptions).root());
    var crosshair = new Crosshair();
    for (StepPlot plot : List.of(loss, scores, rate, norm, speed, layers.rank(), layers.drift())) {
      plot.share(crosshair);
      plot.share(viewport);
      plot.tell(times.axes());
    }
    smoothing.setValue(choices.get().smoothing());
    subscriptions.now(smoothing.valueProperty(), w -> smooth(w.doubleValue()));
    subscriptions.on(
        smoothing.valueChangingProperty(),
        moving -> choices.change(old -> old.withSmoothing(moving ? old.smoothing() : w())));
    content.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    subscriptions.now(model.revisionProperty(), _ -> refresh());
  }

  Parent root() {
    return root;
  }

  /** Shows one more card, whose first child is its head, behind those of every run. */
  void add(VBox card) {
    cards.add(card);
    added.add(card.getId());
    arrange();
  }

  /** Lets the window's keys act on the charts. */
  void offer(Actions actions) {
    actions
        .on(Action.LOG_AXIS, () -> focusedPlot().switchLog())
        .on(Action.SMOOTHING, smoothing::requestFocus)
        .on(Action.FOLLOW, () -> viewport.follow(!viewport.followingProperty().get()))
        .on(Action.FIT, viewport::lookAtAll)
        .on(Action.PIN, () -> cards.pin(focusedCard()), () -> focusedCard() != null);
  }

  private PlotView focusedPlot() {
    return focused() instanceof PlotView plot ? plot : loss;
  }

  private String focusedCard() {
    return cards.cardOf(focused());
  }

  private Node focused() {
    return root.getScene() == null ? null : root.getScene().getFocusOwner();
  }

  /** What the cards look at. */
  Viewport viewport() {
    return viewport;
  }

  private double w() {
    return smoothing.getValue();
  }

  private void smooth(double w) {
    loss.optionsProperty().set(loss.optionsProperty().get().withSmoothing(w));
  }

  private void key(KeyEvent event) {
    boolean modified = event.isShortcutDown() || event.isShiftDown() || event.isMetaDown();
    if (modified || event.getTarget() instanceof TextInputControl || !act(event)) {
      return;
    }
    event.consume();
  }

  /** Whether a key means something here. */
  private boolean act(KeyEvent event) {
    String card = cards.cardOf((Node) event.getTarget());
    boolean alt = event.isAltDown();
    switch (event.getCode()) {
      case LEFT, UP, RIGHT, DOWN -> {
        if (!alt || card == null) {
          return false;
        }
        cards.move(card, step(event));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static int step(KeyEvent event) {
    return switch (event.getCode()) {
      case LEFT -> -1;
      case UP -> -2;
      case DOWN -> 2;
      default -> 1;
    };
  }

  private void refresh() {
    RunRecord record = model.record();
    var curves = new RunCurves(record, model.recipe().training().maxGradNorm());
    viewport.grow(record.step());
    loss.show(curves.loss());
    rate.show(curves.rate());
    norm.show(curves.norm());
    speed.show(curves.speed());
    if (!record.scores.isEmpty()) {
      String first = record.scores.firstEntry().getKey();
      scoresTitle.setText(Scores.title(first));
      double last = record.scores.firstEntry().getValue().lastY();
      scoresValue.setText(ScoreCurves.unit(first).text(last));
      scores.show(curves.scores());
    }
    layers.refresh();
    showMemory(record.memory());
    latest(record);
    arrange();
  }

  private void arrange() {
    RunRecord record = model.record();
    var natural = new ArrayList<>(record.scores.isEmpty() ? PLAIN : SCORED);
    if (!record.directions.none()) {
      natural.add("driftCard");
    }
    natural.addAll(added);
    cards.arrange(natural, record.memory() == null ? null : MEMORY);
  }

  private void showMemory(Event.MemoryMeasured measured) {
    if (measured == null) {
      return;
    }
    long peak = measured.peakBytes();
    long planned = measured.plannedBytes();
    memoryValue.setText(Formats.memory(peak));
    memoryFacts.setText(
        Messages.text(
            "run.memory.facts", Formats.memory(planned), Formats.difference(measured.planError())));
    memory.show(
        measured.plannedParts(),
        measured.mappedBytes(),
        (long) (MEMORY_ROOM * Math.max(peak, planned)),
        peak);
  }

  private void latest(RunRecord record) {
    lossValue.setText(last(record.loss, Unit.LOSS));
    rateValue.setText(last(record.learningRate, Unit.RATE));
    normValue.setText(last(record.gradNorm, Unit.NORM));
    String speed = last(record.tokensPerSecond, Unit.SPEED);
    String memory = last(record.memoryGib, Unit.GIB);
    speedValue.setText(speed + (speed.isEmpty() || memory.isEmpty() ? "" : " \u00b7 ") + memory);
  }

  private static String last(Series series, Unit unit) {
    return series.size() == 0 ? "" : unit.text(series.lastY());
  }
}
