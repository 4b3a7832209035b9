package org.adapterstudio.app.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.runs.ManyRuns;
import org.adapterstudio.app.runs.RunsView;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.run.Event;

/**
 * What the table of runs costs with many of them: {@code --runs 1000 --steps 1000 --frames 400}.
 * Times of reading, and of the layout pass of each frame while it is scrolled; on a busy machine
 * look at the work.
 */
public final class RunsBench {
  private static final int ROWS_A_FRAME = 3;
  private final int runs;
  private final int steps;
  private final int frames;

  private RunsBench(int runs, int steps, int frames) {
    this.runs = runs;
    this.steps = steps;
    this.frames = frames;
  }

  /** Runs everything and prints a table. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    var bench =
        new RunsBench(
            number(given, "--runs", 1000),
            number(given, "--steps", 1000),
            number(given, "--frames", 400));
    Path folder = Files.createTempDirectory("runs-bench");
    try {
      bench.measure(folder);
    } finally {
      try (var all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Platform.exit();
    System.exit(0);
  }

  private static int number(List<String> given, String option, int otherwise) {
    int at = given.indexOf(option);
    return at < 0 ? otherwise : Integer.parseInt(given.get(at + 1));
  }

  private void measure(Path folder) throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    var made = new SyntheticRun(folder.resolve("runs/first"), SyntheticRun.recipe()).begin(steps);
    made.train(1, steps, steps, 8).add(9, new Event.Finished(steps, 800)).write();
    ManyRuns.like(made, runs - 1);
    System.out.printf(
        "%d runs of %d steps, logs of %.1f MB each%n",
        runs, steps, Files.size(made.run().events()) / 1e6);
    Screen.stage();
    try (var background = Executors.newCachedThreadPool()) {
      var services = new FakeServices().with(folder, background, Platform::runLater);
      long start = System.nanoTime();
      RunsView view = Screen.call(() -> new RunsView(services));
      Stage stage = Picture.window(view.root(), 960, 600, false);
      @SuppressWarnings("unchecked")
      var table = (TableView<Object>) view.root().lookup("#table");
      await(() -> !table.getItems().isEmpty());
      say("names in the table", start);
      await(() -> view.model().lookedProperty().get());
      say("all logs read", start);
      for (int i = 0; i < 3; i++) {
        long again = System.nanoTime();
        var looked = new CountDownLatch(1);
        background.execute(
            () -> {
              view.model().look();
              looked.countDown();
            });
        looked.await();
        say("looked again", again);
      }
      var flow = (VirtualFlow<?>) view.root().lookup(".virtual-flow");
      scroll("a frame scrolled by three rows", view, _ -> flow.scrollPixels(ROWS_A_FRAME * 36));
      scroll("a frame with all rows changed", view, i -> table.scrollTo(i * 37 % (runs - 20)));
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "heap after a collection: %d MiB%n",
          (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }

  /** The first quarter of the frames warms up. */
  private void scroll(String what, RunsView view, IntConsumer scrolling) {
    double[] layout = new double[frames];
    double[] work = new double[frames];
    var image = new AtomicReference<WritableImage>();
    var thread = ManagementFactory.getThreadMXBean();
    for (int frame = -frames / 4; frame < frames; frame++) {
      int at = frame;
      Screen.run(
          () -> {
            long start = System.nanoTime();
            long worked = thread.getCurrentThreadCpuTime();
            scrolling.accept(at + frames / 4);
            view.root().applyCss();
            view.root().layout();
            if (at >= 0) {
              layout[at] = (System.nanoTime() - start) / 1e6;
              work[at] = (thread.getCurrentThreadCpuTime() - worked) / 1e6;
            }
            image.set(view.root().snapshot(new SnapshotParameters(), image.get()));
          });
    }
    tell("layout pass of " + what, layout);
    tell("the thread's own work in it", work);
    System.out.printf("rows built: %d%n", view.root().lookupAll(".table-row-cell").size());
  }

  private static void tell(String what, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%s: median %.1f ms, p95 %.1f ms, longest %.1f ms%n",
        what,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.95)],
        sorted[sorted.length - 1]);
  }

  private static void say(String what, long start) {
    System.out.printf("%s: %.0f ms%n", what, (System.nanoTime() - start) / 1e6);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!Screen.call(condition::getAsBoolean)) {
      Thread.sleep(2);
    }
  }
}
