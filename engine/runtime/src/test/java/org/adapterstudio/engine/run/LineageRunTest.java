package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.lineage.RunTree;
import org.adapterstudio.contract.run.seal.RunComparison;
import org.adapterstudio.contract.run.seal.SealDifference;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on from a checkpoint make the steps of the run that was never interrupted. */
class LineageRunTest {
  @TempDir Path folder;
  private PicoProject project;

  @BeforeEach
  void makeProject() {
    project = new PicoProject(folder);
  }

  @Test
  void rewindAndBranchWithNothingChangedGiveTheUnbrokenRunBitForBit() throws Exception {
    RunFolder run = finished(project.run("whole"));
    var losses = losses(run);
    byte[] adapter = adapter(run);
    assertThat(run.checkpointSteps()).containsExactly(6, 9, 12);

    RunFolder branch = branch(run, 6, true);
    assertThat(losses(finished(branch))).isEqualTo(losses.tailMap(7));
    assertThat(adapter(branch)).isEqualTo(adapter);
    RunComparison same = RunComparison.of(run, branch);
    assertThat(same.firstStep()).isZero();
    assertThat(same.differences())
        .extracting(SealDifference::meaning)
        .containsExactly("Both share the steps to 6.");
    var node = RunTree.of(List.of(branch, run)).find(branch).orElseThrow();
    assertThat(node.parent()).isEqualTo("whole");
    assertThat(node.depth()).isEqualTo(1);

    GoingOn.prepare(run, new Choice.Rewind(6), null);
    assertThat(state(run)).isEqualTo(RunState.STOPPED);
    assertThat(run.setAside().resolve("before-rewind/step-12/manifest.json")).exists();
    assertThat(run.setAside().resolve("before-rewind/adapter")).isDirectory();
    assertThat(losses(finished(run))).isEqualTo(losses);
    assertThat(adapter(run)).isEqualTo(adapter);
    assertThat(RunHistory.of(run).last(Event.Continued.class).orElseThrow().sentence())
        .startsWith("Rewound from step 12 to step 6; step-12, step-9, adapter lie in");
    assertThatThrownBy(() -> RunEngine.run(run.path())).hasMessageContaining("studio extend");
  }

  @Test
  void anExtendedRunContinuesAndMakesEachStepUnderTheScheduleItWasFirstReachedWith()
      throws Exception {
    RunFolder run = finished(project.run("longer"));
    var before = rates(run);
    GoingOn.prepare(run, new Choice.Extend(6, Amendment.Rate.REBUILT), null);
    assertThat(state(run)).isEqualTo(RunState.STOPPED);
    assertThat(run.setAside().resolve("result-of-step-12/adapter")).isDirectory();
    finished(run);
    var extended = losses(run);
    var rates = rates(run);
    assertThat(extended).hasSize(18);
    assertThat(rates.headMap(12, true)).isEqualTo(before);
    assertThat(rates.get(13)).isGreaterThan(2 * rates.get(12));
    assertThat(RunHistory.of(run).last(Event.Planned.class).orElseThrow().totalSteps())
        .isEqualTo(18);

    // steps 10 to 12 are made again under the first schedule, 13 to 18 under the second
    byte[] adapter = adapter(run);
    GoingOn.prepare(run, new Choice.Rewind(12), null);
    assertThat(losses(finished(run))).isEqualTo(extended);
    assertThat(adapter(run)).isEqualTo(adapter);

    GoingOn.prepare(run, new Choice.Extend(2, Amendment.Rate.HELD), null);
    assertThat(rates(finished(run)).tailMap(19).values()).containsOnly(rates.get(18));
  }

  @Test
  void aBranchMayStartItsOptimizerAnewAndIsResumedExactly() throws Exception {
    RunFolder run = finished(project.run("root"));
    String[] rate = {"training.learning_rate=0.003"};
    RunFolder whole = finished(branch(run, 6, false, rate));
    assertThat(losses(whole).firstKey()).isEqualTo(7);
    assertThat(losses(whole).get(7)).isEqualTo(losses(run).get(7)); // before any update
    assertThat(losses(whole).get(8)).isNotEqualTo(losses(run).get(8));

    RunFolder broken = finished(branch(run, 6, false, rate));
    GoingOn.prepare(broken, new Choice.Rewind(9), null);
    assertThat(losses(finished(broken))).isEqualTo(losses(whole));
    assertThat(adapter(broken)).isEqualTo(adapter(whole));
    assertThat(RunComparison.of(whole, run).differences())
        .extracting("what")
        .contains("origin", "training.learning_rate");
  }

  @Test
  void aBranchWhoseCheckpointIsGoneIsRefusedRatherThanStartedFromNothing() throws Exception {
    RunFolder branch = branch(finished(project.run("root")), 6, true);
    Files.writeString(branch.checkpoint(6).resolve("trained.safetensors"), "spoiled");
    assertThatThrownBy(() -> RunEngine.run(branch.path()))
        .hasMessageContaining("gone or damaged")
        .hasMessageContaining("Branch from root again");
  }

  private static RunFolder branch(RunFolder run, int step, boolean optimizer, String... settings) {
    var recipe = RecipeFile.with(run.recipe(), List.of(settings), run.path());
    var choice = new Choice.Branch(step, recipe, optimizer, false);
    return GoingOn.prepare(run, choice, GoingOn.branchFolder(run, step));
  }

  private static RunFolder finished(RunFolder run) {
    assertThat(RunEngine.run(run.path()))
        .as(() -> RunHistory.of(run).last(Event.Failed.class).map(Object::toString).orElse(""))
        .isTrue();
    assertThat(state(run)).isEqualTo(RunState.FINISHED);
    return run;
  }

  private static RunState state(RunFolder run) {
    return RunHistory.of(run).state();
  }

  private static TreeMap<Integer, Double> losses(RunFolder run) {
    var losses = new TreeMap<Integer, Double>();
    RunHistory.of(run).all(Event.Step.class).forEach(step -> losses.put(step.step(), step.loss()));
    return losses;
  }

  private static TreeMap<Integer, Double> rates(RunFolder run) {
    var rates = new TreeMap<Integer, Double>();
    RunHistory.of(run)
        .all(Event.Step.class)
        .forEach(step -> rates.put(step.step(), step.learningRate()));
    return rates;
  }

  private static byte[] adapter(RunFolder run) throws Exception {
    return Files.readAllBytes(run.adapter().resolve("adapter_model.safetensors"));
  }
}
