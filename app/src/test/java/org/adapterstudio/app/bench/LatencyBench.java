package org.adapterstudio.app.bench;

import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.run.RunView;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;

/** How long a step takes from the file of a long run to its charts on the screen. */
final class LatencyBench {
  private static final int EVENTS = 100;
  private final Path folder;
  private final int points;
  private final int rounds;
  private final Random random = new Random(11);

  LatencyBench(Path folder, int points, int rounds) {
    this.folder = folder;
    this.points = points;
    this.rounds = rounds;
  }

  void run() throws Exception {
    var made = new SyntheticRun(folder.resolve("long"), SyntheticRun.recipe());
    made.begin(2 * points);
    for (int step = 1; step <= points; step++) {
      made.step(step, 0.4 + 2.6 * Math.exp(-step / 2e5) + 0.1 * random.nextGaussian());
      if (step % 10_000 == 0) {
        made.write();
      }
    }
    made.write();
    var background = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    var services = new FakeServices().with(folder, background, Platform::runLater);
    long opened = System.nanoTime();
    RunView view = Fx.call(() -> new RunView(services, made.run()));
    Scene scene = Fx.call(() -> show(view));
    await(() -> shown(view) == points);
    System.out.printf(
        "A run of %,d steps is opened in %.1f s.%n", points, (System.nanoTime() - opened) / 1e9);
    var rounded = new Rounds();
    for (int round = 0; round < rounds; round++) {
      rounded.add(round(made, view, scene, points + round * EVENTS));
    }
    System.out.printf(
        "From an event written to its charts drawn, 1280 x 900, all cards: median %s ms, p95 %s"
            + " ms%n",
        rounded.of(0.5), rounded.of(0.95));
    Fx.run(view::close);
  }

  private double[] round(SyntheticRun made, RunView view, Scene scene, int from) throws Exception {
    double[] milliseconds = new double[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      Thread.sleep(60 + random.nextInt(100));
      int step = from + i + 1;
      var drawn = new CompletableFuture<Long>();
      Runnable listener =
          () -> {
            if (shown(view) >= step) {
              drawn.complete(System.nanoTime());
            }
          };
      Fx.run(() -> scene.addPostLayoutPulseListener(listener));
      made.step(step, 0.4).write();
      long written = System.nanoTime();
      milliseconds[i] = (drawn.join() - written) / 1e6;
      Fx.run(() -> scene.removePostLayoutPulseListener(listener));
    }
    return milliseconds;
  }

  /** The last step that the loss shows. */
  private static int shown(RunView view) {
    return (int) ((PlotView) view.root().lookup("#loss")).content().lastStep();
  }

  private static Scene show(RunView view) {
    Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
    var scene = new Scene(view.root(), 1280, 900);
    for (String sheet : List.of("light", "base", "shell", "run")) {
      scene.getStylesheets().add(Fx.sheet(sheet));
    }
    var stage = new Stage();
    stage.setScene(scene);
    stage.show();
    return scene;
  }

  private static void await(BooleanSupplier condition) throws Exception {
    while (!Fx.call(condition::getAsBoolean)) {
      Thread.sleep(50);
    }
  }
}
