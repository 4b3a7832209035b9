package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.plot.Abscissa;
import org.adapterstudio.app.plot.CanvasPlot;
import org.adapterstudio.app.plot.HeatMapView;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Polyline;
import org.adapterstudio.app.plot.Range;
import org.adapterstudio.app.plot.Scale;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunChartsTest {
  @TempDir Path folder;
  private SettingsFile settings;
  private SyntheticRun made;
  private RunView view;
  private Stage stage;

  @BeforeEach
  void show() {
    settings = new SettingsFile(folder.resolve("settings.json"));
    made = new SyntheticRun(folder.resolve("charts"), SyntheticRun.recipe());
    made.begin(1000).train(1, 400, 1000, 4).write();
    open();
  }

  @AfterEach
  void close() {
    Screen.run(view::close);
    Screen.run(stage::hide);
  }

  @Test
  void
      theSmoothingSliderChangesTheLossOnlyTheLearningRateStaysAConstantSeriesStaysFlatAndDecimationPlaysNoPart() {
    String loss = svg("#loss");
    List<String> others = List.of(svg("#rate"), svg("#norm"), svg("#speed"));
    Slider slider = (Slider) view.root().lookup(".slider");
    Screen.run(() -> slider.setValue(0.97));
    assertThat(svg("#loss")).isNotEqualTo(loss);
    assertThat(List.of(svg("#rate"), svg("#norm"), svg("#speed"))).isEqualTo(others);

    var constant = new Series();
    var noisy = new Series();
    for (int i = 1; i <= 20_000; i++) {
      constant.add(i, 0.1);
      noisy.add(i, Math.sin(i) + (i == 777 ? Double.NaN : 0));
    }
    Series flat = constant.smoothed().finish(0.97);
    Series smooth = noisy.smoothed().finish(0.97);
    for (int i = 0; i < 20_000; i++) {
      assertThat(flat.y(i)).isEqualTo(0.1);
    }
    for (int width : new int[] {90, 700, 5000}) {
      drawnPointsLieOn(smooth, width);
    }
  }

  private static void drawnPointsLieOn(Series smooth, int width) {
    var x = new Scale(new Range(0, 20_000), 0, width, false);
    var y = new Scale(new Range(-1, 1), 1, -1, false);
    Polyline drawn = Polyline.of(smooth, x, y);
    assertThat(drawn.size()).isBetween(width, 2 * width + 2);
    for (int i = 0; i < drawn.size(); i++) {
      int step = (int) Math.round(x.value(drawn.xs()[i]));
      double at = smooth.y(smooth.nearest(step));
      assertThat(y.value(drawn.ys()[i])).isCloseTo(at, within(1e-9));
    }
  }

  @Test
  void aStretchChosenInOneCardIsSeenInAllAndEscapeShowsEverythingAgain() {
    PlotView rate = (PlotView) view.root().lookup("#rate");
    String whole = svg("#norm");
    Screen.run(() -> press(rate, KeyCode.PLUS, false));
    String closer = svg("#norm");
    assertThat(closer).isNotEqualTo(whole);
    Screen.run(() -> press(rate, KeyCode.ESCAPE, false));
    assertThat(svg("#norm")).isEqualTo(whole);
  }

  @Test
  void theNewestStepIsFollowedUntilSpaceHoldsTheViewStill() {
    Screen.run(() -> act(Action.FOLLOW));
    made.train(401, 600, 1000, 4).write();
    Screen.run(view.model()::poll);
    Screen.await(() -> view.model().record().step() == 600);
    assertThat(svg("#rate")).contains(">400<").doesNotContain(">600<");
    Screen.run(() -> act(Action.FOLLOW));
    assertThat(svg("#rate")).contains(">600<");
  }

  @Test
  void theCrossHairIsReadByKeyInAllCards() {
    PlotView loss = (PlotView) view.root().lookup("#loss");
    Node norm = view.root().lookup("#norm");
    assertThat(text(norm)).startsWith("Gradient norm. gradient norm: 400 points");
    Screen.run(() -> press(loss, KeyCode.HOME, false));
    Screen.run(() -> press(loss, KeyCode.RIGHT, false));
    assertThat(text(norm)).contains("step 3, gradient norm ");
    assertThat(text(loss)).contains("step 3, train ").contains("smoothed ");
  }

  @Test
  void cardsArePinnedAndMovedByKeyAndStandThereInTheNextRunToo() {
    Node rate = view.root().lookup("#rate");
    Screen.run(rate::requestFocus);
    Screen.run(() -> act(Action.PIN));
    assertThat(settings.get().charts().pinned()).containsExactly("rateCard");
    Screen.run(() -> press(view.root().lookup("#norm"), KeyCode.LEFT, true));
    assertThat(settings.get().charts().order().subList(0, 3))
        .containsExactly("lossCard", "normCard", "rankCard");
    close();
    settings = new SettingsFile(folder.resolve("settings.json"));
    open();
    Node first = ((GridPane) view.root().lookup(".run-charts")).getChildren().getFirst();
    assertThat(first.getId()).isEqualTo("rateCard");
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatLiesOnTheAxisIsChosenForAllCardsAndKept() {
    var axis = (ComboBox<Abscissa.Kind>) view.root().lookup(".combo-box");
    Screen.run(() -> axis.setValue(Abscissa.Kind.TOKENS));
    assertThat(svg("#loss")).contains(">200k<");
    assertThat(svg("#rank")).contains(">200k<");
    assertThat(settings.get().charts().axis()).isEqualTo("tokens");
    String csv = Screen.call(() -> ((HeatMapView) view.root().lookup("#rank")).csv());
    assertThat(csv).startsWith("step,elapsed_seconds,time,tokens,0.q_proj,");
    assertThat(csv.lines().skip(1).findFirst().orElseThrow())
        .matches("10,\\d+\\.\\d+,2026-.*Z,9400,.*");
  }

  private void open() {
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    view = Screen.call(() -> new RunView(services, made.run(), ChartMemory.in(settings)));
    stage = Picture.window(view.root(), 1000, 900, false);
    Screen.await(() -> view.model().record().step() == 400);
    Screen.run(() -> view.root().layout());
  }

  private String svg(String plot) {
    return Screen.call(
        () -> {
          view.root().layout();
          Node node = view.root().lookup(plot);
          return ((CanvasPlot) node).svg();
        });
  }

  private static String text(Node plot) {
    return Screen.call(() -> (String) plot.queryAccessibleAttribute(AccessibleAttribute.TEXT));
  }

  private void act(Action action) {
    view.actions().find(action).orElseThrow().run();
  }

  private static void press(Node node, KeyCode code, boolean alt) {
    node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, alt, false));
  }
}
