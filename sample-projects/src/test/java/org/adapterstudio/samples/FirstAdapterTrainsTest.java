package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's recipe, run by the real engine in a process of its own. */
class FirstAdapterTrainsTest {
  @TempDir Path temp;

  @Test
  void aFewStepsTeachTheFormOfTheAnswer() throws IOException, InterruptedException {
    var recipe =
        RecipeFile.read(
            Path.of("first-adapter", "recipe.json"),
            List.of(
                "training.max_steps=40",
                "training.eval_steps=0",
                "training.save_steps=40",
                "training.threads=1",
                "sampling.prompts=[]"));
    RunFolder run = RunFolder.create(temp.resolve("run"), recipe);
    Process engine = engine(run);
    try {
      assertThat(engine.waitFor(5, TimeUnit.MINUTES)).as("the engine ended").isTrue();
    } finally {
      engine.destroyForcibly();
    }
    var history = RunHistory.of(run);
    assertThat(history.state()).as(Files.readString(run.log())).isEqualTo(RunState.FINISHED);
    var losses = history.all(Event.Step.class).stream().map(Event.Step::loss).toList();
    assertThat(losses).hasSize(40);
    assertThat(losses.getFirst()).isGreaterThan(2);
    assertThat(losses.getLast()).isLessThan(0.6);
    assertThat(run.adapter().resolve("adapter_model.safetensors")).isNotEmptyFile();
  }

  private static Process engine(RunFolder run) throws IOException {
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
