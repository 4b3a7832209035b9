package org.adapterstudio.contract.run.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Amendment.Rate;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Continuation.Item;
import org.junit.jupiter.api.Test;

class ContinuationsTest {
  private static final List<String> EVERYTHING =
      List.of(
          "Adapter weights",
          "Optimizer moments",
          "Step",
          "Data order",
          "Random draws",
          "Best evaluation");

  @Test
  void aResumeRestoresEverythingAndTellsWhichStepsAreMadeAgain() {
    Continuation plan = plan(standing(RunState.ENGINE_LOST, 95), new Choice.Resume());
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.step()).isEqualTo(90);
    assertThat(names(plan.restored())).containsExactlyElementsOf(EVERYTHING);
    assertThat(plan.restored()).contains(new Item("Best evaluation", "1.4121 at step 80"));
    assertThat(plan.chosen()).isEmpty();
    assertThat(names(plan.changes())).containsExactly("Steps 91 to 95");
  }

  @Test
  void aFinishedRunIsNotResumedButExtendedAndSaysWhatTheLearningRateDoes() {
    Standing finished = standing(RunState.FINISHED, 100);
    Continuation resume = plan(finished, new Choice.Resume());
    assertThat(resume.refusals()).hasSize(1).first().asString().contains("extend it");
    assertThatThrownBy(resume::require).hasMessageContaining("finished at step 100");
    Continuation longer = plan(finished, new Choice.Extend(50, Rate.REBUILT));
    assertThat(longer.refusals()).isEmpty();
    assertThat(longer.total()).isEqualTo(150);
    assertThat(longer.changes())
        .contains(new Item("Steps in all", "150 instead of 100"))
        .anyMatch(item -> item.how().startsWith("2.00e-6 at step 100, then 6.67e-5 at step 101"));
    Continuation held = plan(finished, new Choice.Extend(50, Rate.HELD));
    assertThat(names(held.changes())).contains("Next to nothing is learnt");
    assertThat(plan(finished, new Choice.Extend(0, Rate.HELD)).refusals()).hasSize(1);
  }

  @Test
  void aRewindNamesWhatIsSupersededAndWhatIsSetAside() {
    Continuation plan = plan(standing(RunState.FINISHED, 100), new Choice.Rewind(90));
    assertThat(names(plan.restored())).containsExactlyElementsOf(EVERYTHING);
    assertThat(plan.changes())
        .extracting(Item::how)
        .anyMatch(how -> how.contains("stay in the log"))
        .anyMatch(how -> how.contains("step-100, the exported result move to set-aside/"));
    assertThat(plan(standing(RunState.TRAINING, 100), new Choice.Rewind(90)).refusals())
        .first()
        .asString()
        .contains("stop it first");
    assertThat(plan(standing(RunState.STOPPED, 100), new Choice.Rewind(50)).refusals())
        .first()
        .asString()
        .contains("those of steps 90, 100");
  }

  @Test
  void aBranchListsRestoredFromTheFormAndChanged() {
    Continuation plan = branch(true, "training.learning_rate=1e-4", "training.seed=9");
    assertThat(plan.refusals()).isEmpty();
    assertThat(names(plan.restored()))
        .containsExactly("Adapter weights", "Optimizer moments", "Step");
    assertThat(plan.chosen())
        .contains(new Item("training.learning_rate", "1.00e-4 instead of 2.00e-4"));
    assertThat(plan.changes())
        .contains(new Item("Learning rate", "1.00e-5 at step 91 instead of 2.00e-5"));
    assertThat(names(plan.changes())).contains("Data order and draws", "Best evaluation");
    assertThat(
            branch(
                    true,
                    "training.per_device_train_batch_size=2",
                    "training.gradient_accumulation_steps=8")
                .changes())
        .contains(new Item("Rows of a step", "16 as before, in micro-batches of 2 instead of 4"));
    assertThat(names(branch(false).changes())).containsExactly("Optimizer moments");
    assertThat(names(branch(true).changes())).containsExactly("Nothing");
  }

  @Test
  void aBranchRefusesWhatCannotFit() {
    assertThat(branch(true, "adapter.rank=4").refusals())
        .containsExactly(
            "The checkpoint of step 90 holds lora of rank 16; adapter.rank cannot be 4 behind it."
                + " Start a new run for that.");
    assertThat(branch(true, "model.path=/other").refusals()).first().asString().contains("base");
    assertThat(branch(true, "training.max_steps=60").refusals())
        .containsExactly(
            "The branch would have nothing to do: it starts behind step 90 and ends at step 60.");
    assertThat(branch(true, "adapter.dropout=0.1").refusals()).isEmpty();
  }

  @Test
  void aBranchOfAnExtendedRunKeepsItsLengthAndItsScheduleUnlessThatIsChanged() {
    Standing run = standing(RunState.FINISHED, 100);
    var extended =
        Amendments.NONE.and(
            Continuations.extension(run, new Choice.Extend(50, Rate.REBUILT), 150, 0, 0));
    Standing longer =
        new Standing(
            run.name(),
            run.recipe(),
            extended,
            RunState.STOPPED,
            100,
            100,
            run.checkpoints(),
            false);
    Continuation same = plan(longer, new Choice.Branch(90, run.recipe(), true, false));
    assertThat(same.carried()).isTrue();
    assertThat(same.total()).isEqualTo(150);
    assertThat(names(same.changes())).containsExactly("Nothing");
    Recipe other = RecipeFile.with(run.recipe(), List.of("training.learning_rate=1"), Path.of(""));
    Continuation changed = plan(longer, new Choice.Branch(90, other, true, false));
    assertThat(changed.carried()).isFalse();
    assertThat(changed.recipe().training().maxSteps()).isEqualTo(150);
  }

  private static Continuation branch(boolean optimizer, String... settings) {
    Standing run = standing(RunState.FINISHED, 100);
    Recipe recipe = RecipeFile.with(run.recipe(), List.of(settings), Path.of(""));
    return plan(run, new Choice.Branch(90, recipe, optimizer, false));
  }

  private static Continuation plan(Standing run, Choice choice) {
    return Continuations.plan(run, choice);
  }

  private static List<String> names(List<Item> items) {
    return items.stream().map(Item::what).toList();
  }

  private static Standing standing(RunState state, int step) {
    Recipe recipe =
        RecipeFile.with(
            new Recipe(1, "one", Recipe.Model.of("/base"), null, null, null, null),
            List.of(
                "training.max_steps=100",
                "training.lr_scheduler_type=linear",
                "training.warmup_ratio=0.0"),
            Path.of("/"));
    var checkpoints =
        List.of(90, 100).stream().filter(at -> at <= step).map(ContinuationsTest::stored).toList();
    return new Standing(
        "one", recipe, Amendments.NONE, state, step, 100, checkpoints, state == RunState.FINISHED);
  }

  private static StoredCheckpoint stored(int step) {
    return new StoredCheckpoint(
        Path.of("step-" + step), step, 1.4121, 80, Recipe.Adapter.of("lora"), 8_100_000, 0, true);
  }
}
