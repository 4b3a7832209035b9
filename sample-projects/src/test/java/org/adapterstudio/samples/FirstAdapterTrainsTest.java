package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
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
    var history = EngineRuns.finished(run);
    var losses = history.all(Event.Step.class).stream().map(Event.Step::loss).toList();
    assertThat(losses).hasSize(40);
    assertThat(losses.getFirst()).isGreaterThan(2);
    assertThat(losses.getLast()).isLessThan(0.6);
    assertThat(run.adapter().resolve("adapter_model.safetensors")).isNotEmptyFile();
  }
}
