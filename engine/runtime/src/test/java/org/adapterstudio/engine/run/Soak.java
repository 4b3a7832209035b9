package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.inspect.Directions;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.memory.ProcessMemory;
import org.adapterstudio.engine.train.Trainer;

/**
 * A process that trains for long and prints at every 50th step: step, anonymous bytes, arrays, open
 * files, Java heap in use.
 */
final class Soak {
  private Soak() {}

  /** Argument: a run folder. */
  public static void main(String[] arguments) throws IOException {
    RunFolder run = RunFolder.open(Path.of(arguments[0]));
    var recipe = run.recipe();
    Natives.start("cpu", _ -> {});
    Threads.use(recipe.training().threads());
    try (var session =
            Session.open(
                recipe,
                Amendments.NONE,
                Optional.empty(),
                LoadProgress.NONE,
                (_, _) -> {},
                (_, _) -> {});
        var directions = Directions.begin(session.model(), run.directions());
        EventLog log = EventLog.open(run.events())) {
      var state = new Checkpoint.State(0, null, 0, 0, recipe.adapter(), null);
      for (int step = 1; step <= session.totalSteps(); step++) {
        Trainer.Outcome outcome = session.trainer().step(step, session.microBatches(step));
        log.append(
            new Event.Step(
                step, outcome.loss(), outcome.learningRate(), outcome.gradNorm(), 0, 0, 0, 0, 0));
        state = state.after(step, 0);
        if (step % 50 == 0) {
          log.append(new Event.Spectrum(step, directions.measure()));
          session.lesson().evaluate(session.model());
          Checkpoint.write(
              run,
              state.of(session.lesson().purpose(), session.model().settings()),
              session.model(),
              session.trainer());
          Checkpoint.prune(run, 2, 0);
          directions.checkpointSaved();
          print(step);
        }
      }
    }
  }

  private static void print(int step) throws IOException {
    System.gc();
    var runtime = Runtime.getRuntime();
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      System.out.printf(
          "soak %d %d %d %d %d%n",
          step,
          ProcessMemory.now().anonymous(),
          Kernels.get().liveArrays(),
          files.count(),
          runtime.totalMemory() - runtime.freeMemory());
    }
  }
}
