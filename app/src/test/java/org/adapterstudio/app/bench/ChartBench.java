package org.adapterstudio.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.adapterstudio.app.plot.Abscissa;
import org.adapterstudio.app.plot.Crosshair;
import org.adapterstudio.app.plot.Curve;
import org.adapterstudio.app.plot.Ink;
import org.adapterstudio.app.plot.PlotContent;
import org.adapterstudio.app.plot.PlotOptions;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Range;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.plot.Viewport;

/**
 * What a frame of charts costs the JavaFX thread and how long a new event takes to the screen, with
 * long runs: {@code --points 1000000 --rounds 5 --frames 200}.
 */
public final class ChartBench {
  private static final int BATCH = 100; // points appended a frame: 6,000 steps a second
  private final int points;
  private final int rounds;
  private final int frames;
  private final Series loss = new Series();
  private final Series tokens = new Series();
  private final Series held = new Series();
  private final Series checkpoints = new Series();
  private final Random random = new Random(7);
  private final PlotView plot = new PlotView();
  private final Viewport viewport = new Viewport();
  private final Crosshair crosshair = new Crosshair();
  private Scene scene;

  private ChartBench(int points, int rounds, int frames) {
    this.points = points;
    this.rounds = rounds;
    this.frames = frames;
  }

  /** Runs everything and prints a table. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    var bench =
        new ChartBench(
            number(given, "--points", 1_000_000),
            number(given, "--rounds", 5),
            number(given, "--frames", 200));
    var started = new CountDownLatch(1);
    Platform.startup(started::countDown);
    started.await();
    Platform.setImplicitExit(false);
    bench.frames();
    Path folder = Files.createTempDirectory("bench-charts");
    new LatencyBench(folder, bench.points, bench.rounds).run();
    Platform.exit();
  }

  private static int number(List<String> given, String name, int otherwise) {
    int at = given.indexOf(name);
    return at < 0 ? otherwise : Integer.parseInt(given.get(at + 1));
  }

  private void frames() throws Exception {
    for (int i = 0; i < points; i++) {
      append();
    }
    Fx.run(this::show);
    System.out.printf(
        "A chart of 1200 x 300, %,d points, %d appended a frame; ms [smallest largest round]%n",
        points, BATCH);
    System.out.println(
        "| frame | work + layout, median | p95 | JavaFX thread's processor time, p95 |");
    System.out.println("|---|---|---|---|");
    measure("all of it, smoothed", () -> {});
    Fx.run(() -> viewport.look(new Range(loss.lastX() - 5000, loss.lastX())));
    measure("the last 5,000 steps, followed", () -> {});
    Fx.run(viewport::lookAtAll);
    Fx.run(() -> plot.optionsProperty().set(PlotOptions.DEFAULT.withLogY(true)));
    Fx.run(() -> viewport.overProperty().set(Abscissa.along(Abscissa.Kind.TOKENS, tokens, 0)));
    measure("logarithmic, over tokens", () -> {});
    Fx.run(() -> viewport.overProperty().set(Abscissa.STEP));
    Fx.run(() -> plot.optionsProperty().set(PlotOptions.DEFAULT));
    measure(
        "the smoothing slider moves",
        () ->
            plot.optionsProperty()
                .set(PlotOptions.DEFAULT.withSmoothing(0.5 + 0.49 * random.nextDouble())));
    Fx.run(() -> plot.optionsProperty().set(PlotOptions.DEFAULT));
    measure("the mouse moves", () -> crosshair.xProperty().set(loss.lastX() * random.nextDouble()));
  }

  private void show() {
    plot.share(viewport);
    plot.share(crosshair);
    plot.setPrefSize(1200, 300);
    scene = new Scene(new StackPane(plot), 1200, 300);
    scene.getStylesheets().add(Fx.sheet("light"));
    var stage = new Stage();
    stage.setScene(scene);
    stage.show();
  }

  private void append() {
    int step = loss.size() + 1;
    double value = 0.4 + 2.6 * Math.exp(-step / 2e5) + 0.1 * random.nextGaussian();
    loss.add(step, step % 99_991 == 0 ? Double.NaN : Math.max(0.01, value));
    tokens.add(step, 900.0 * step);
    if (step % 100 == 0) {
      held.add(step, 0.5 + 2.5 * Math.exp(-step / 2e5));
    }
    if (step % 250 == 0) {
      checkpoints.add(step, 0);
    }
  }

  private void grow() {
    for (int i = 0; i < BATCH; i++) {
      append();
    }
    viewport.grow(loss.lastX());
    plot.show(
        new PlotContent(
            "Loss",
            "",
            List.of(Curve.plain("train", loss, Ink.FIRST, Unit.LOSS).smoothed()),
            Curve.plain("held out", held, Ink.SECOND, Unit.LOSS),
            checkpoints,
            new Series(),
            Double.NaN));
  }

  private void measure(String name, Runnable also) {
    var clock = new Rounds();
    var processor = new Rounds();
    for (int round = 0; round < rounds; round++) {
      var counted = new Frames(scene, round == 0 ? 100 : 20, frames);
      counted.run(
          () -> {
            grow();
            also.run();
          });
      clock.add(counted.clock());
      processor.add(counted.processor());
    }
    System.out.printf(
        "| %s | %s | %s | %s |%n", name, clock.of(0.5), clock.of(0.95), processor.of(0.95));
  }
}
