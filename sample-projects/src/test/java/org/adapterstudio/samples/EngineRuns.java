package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/** Runs of the real engine in a process of its own. */
final class EngineRuns {
  private EngineRuns() {}

  /** The history of a run that finished. */
  static RunHistory finished(RunFolder run) throws IOException, InterruptedException {
    Process engine = start(run);
    try {
      assertThat(engine.waitFor(5, TimeUnit.MINUTES)).as("the engine ended").isTrue();
    } finally {
      engine.destroyForcibly();
    }
    var history = RunHistory.of(run);
    assertThat(history.state()).as(Files.readString(run.log())).isEqualTo(RunState.FINISHED);
    return history;
  }

  /** The same for a fresh run of a recipe. */
  static RunHistory finished(Path folder, Recipe recipe) throws IOException, InterruptedException {
    return finished(RunFolder.create(folder, recipe));
  }

  private static Process start(RunFolder run) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-Dai.djl") || flag.startsWith("-DOPT_OUT"))
        .forEach(command::add);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.adapterstudio.engine.EngineMain", "run", run.path().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(run.log().toFile())
        .start();
  }
}
