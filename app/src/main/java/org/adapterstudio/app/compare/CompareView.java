package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.plot.Crosshair;
import org.adapterstudio.app.plot.Curve;
import org.adapterstudio.app.plot.PlotContent;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.run.RunFolder;

/** Runs beside each other. */
public final class CompareView implements View {
  private static final Series NONE = new Series();

  /** Beside the chips: the title, the gap and the place's padding. */
  private static final double ASIDE = 168;

  private final CompareViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Actions actions = new Actions();
  private final Timeline clock;
  private final ComparedTable table;
  private final ComparedSpectra spectra;
  private final RunChooser chooser;
  @FXML private BorderPane root;
  @FXML private FlowPane chips;
  @FXML private Button add;
  @FXML private Label problem;
  @FXML private VBox empty;
  @FXML private Label hint;
  @FXML private Button emptyAdd;
  @FXML private Node body;
  @FXML private PlotView loss;
  @FXML private PlotView eval;
  @FXML private VBox scoreCard;
  @FXML private Label scoreTitle;
  @FXML private PlotView score;
  @FXML private Slider smoothing;
  @FXML private VBox why;
  @FXML private GridPane grid;
  @FXML private CheckBox only;
  @FXML private Label counted;
  @FXML private VBox valuesCard;

  /** A screen that follows the runs until it is closed. */
  public CompareView(Services services, List<RunFolder> runs) {
    model = new CompareViewModel(services, runs);
    ViewFactory.load("compare.fxml", this);
    table = new ComparedTable(grid, counted);
    spectra = new ComparedSpectra(valuesCard);
    chooser = new RunChooser(model);
    subscriptions.add(chooser::close);
    var crosshair = new Crosshair();
    List.of(loss, eval, score).forEach(plot -> plot.share(crosshair));
    only.selectedProperty().bindBidirectional(model.onlyDifferingProperty());
    chips.prefWrapLengthProperty().bind(root.widthProperty().subtract(ASIDE));
    subscriptions.on(smoothing.valueProperty(), _ -> showLoss());
    subscriptions.now(model.comparisonProperty(), _ -> show());
    subscriptions.now(model.readingProperty(), _ -> show());
    subscriptions.on(model.onlyDifferingProperty(), _ -> showTable());
    subscriptions.now(model.chosen(), this::showChips);
    subscriptions.now(model.problemProperty(), this::showProblem);
    actions
        .on(Action.DIFFERENCES, only)
        .on(Action.ADD_RUN, () -> chooser.open(shownAdd()), () -> !model.full());
    add.setOnAction(_ -> chooser.open(add));
    emptyAdd.setOnAction(_ -> chooser.open(emptyAdd));
    clock = new Timeline(new KeyFrame(Duration.seconds(2), _ -> model.poll()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
    model.poll();
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public Actions actions() {
    return actions;
  }

  /** What is shown. */
  CompareViewModel model() {
    return model;
  }

  @Override
  public void close() {
    clock.stop();
    subscriptions.close();
    model.close();
  }

  private Button shownAdd() {
    return add.isVisible() && !empty.isVisible() ? add : emptyAdd;
  }

  /** Smoothed lines alone: the raw ones of eight runs would hide them. */
  private void showLoss() {
    var losses = new ArrayList<Curve>();
    List<ComparedRun> runs = model.comparisonProperty().get().runs();
    for (int i = 0; i < runs.size(); i++) {
      Series smooth = runs.get(i).loss().smoothed().finish(smoothing.getValue());
      losses.add(curve(new RunMark(i + 1), smooth, Unit.LOSS));
    }
    loss.show(content("compare.card.loss", "compare.wait.loss", losses));
  }

  private void showChips() {
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < model.chosen().size(); i++) {
      nodes.add(new RunChip(model, model.chosen().get(i), new RunMark(i + 1), i));
    }
    nodes.add(add);
    chips.getChildren().setAll(nodes);
    shown(add, !model.chosen().isEmpty() && !model.full());
  }

  private void showProblem(String sentence) {
    problem.setText(sentence);
    shown(problem, !sentence.isEmpty());
  }

  private void show() {
    ComparedRuns comparison = model.comparisonProperty().get();
    boolean few = comparison.runs().size() < 2;
    shown(empty, few);
    shown(body, !few);
    hint.setText(hintText(comparison));
    shown(emptyAdd, few && !model.readingProperty().get());
    chips.getChildren().stream()
        .filter(RunChip.class::isInstance)
        .map(RunChip.class::cast)
        .forEach(chip -> chip.show(comparison));
    if (!few) {
      showPlots(comparison.runs());
      showTable();
      WhyCard.show(why, comparison.why());
      spectra.show(comparison);
    }
  }

  private String hintText(ComparedRuns comparison) {
    if (model.readingProperty().get()) {
      return Messages.text("compare.loading");
    }
    return Messages.text(comparison.runs().isEmpty() ? "compare.none" : "compare.single");
  }

  private void showTable() {
    table.show(model.comparisonProperty().get(), model.onlyDifferingProperty().get());
  }

  private void showPlots(List<ComparedRun> runs) {
    var held = new ArrayList<Curve>();
    var scores = new ArrayList<Curve>();
    String key = firstScore(runs);
    for (int i = 0; i < runs.size(); i++) {
      var mark = new RunMark(i + 1);
      held.add(curve(mark, runs.get(i).heldOut(), Unit.LOSS).marked(Curve.Best.LOWEST));
      Series of = runs.get(i).scores().get(key);
      if (of != null) {
        Curve.Best best = Scores.lowerIsBetter(key) ? Curve.Best.LOWEST : Curve.Best.HIGHEST;
        Unit unit = Scores.share(key) ? Unit.PERCENT : Unit.LOSS;
        scores.add(curve(mark, of, unit).marked(best));
      }
    }
    showLoss();
    eval.show(content("compare.card.eval", "compare.wait.eval", held));
    shown(scoreCard, key != null);
    if (key != null) {
      scoreTitle.setText(Scores.title(key));
      score.show(content("compare.card.eval", "compare.wait.eval", scores));
    }
  }

  private static String firstScore(List<ComparedRun> runs) {
    return runs.stream().flatMap(run -> run.scores().keySet().stream()).findFirst().orElse(null);
  }

  private static Curve curve(RunMark mark, Series series, Unit unit) {
    String name = Integer.toString(mark.number());
    return Curve.plain(name, series, mark.ink(), unit).dashed(mark.dash());
  }

  private static PlotContent content(String title, String waiting, List<Curve> curves) {
    return new PlotContent(
        Messages.text(title), Messages.text(waiting), curves, null, NONE, NONE, Double.NaN);
  }

  private static void shown(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
