package org.adapterstudio.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.StoredRun;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.lineage.Continuation.Item;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinueViewModelTest {
  @TempDir Path folder;
  private final FakeServices services = new FakeServices();

  @Test
  void theResumeDialogListsRestoredFromTheFormChangedAndAFinishedRunOffersExtend() {
    ContinueViewModel stopped = model(StoredRun.stopped(folder.resolve("stopped"), 50, 90), null);
    assertThat(stopped.kindProperty().get()).isEqualTo(Kind.RESUME);
    assertThat(names(stopped.planProperty().get().restored()))
        .containsExactly(
            "Adapter weights",
            "Optimizer moments",
            "Step",
            "Data order",
            "Random draws",
            "Best evaluation");
    assertThat(names(stopped.planProperty().get().changes())).containsExactly("Steps 91 to 100");
    assertThat(stopped.planProperty().get().chosen()).isEmpty();
    assertThat(stopped.ready()).isTrue();

    RunFolder run = StoredRun.finished(folder.resolve("finished"), 50, 100);
    ContinueViewModel finished = model(run, null);
    assertThat(finished.kindProperty().get()).isEqualTo(Kind.EXTEND);
    finished.moreProperty().set("30");
    assertThat(finished.planProperty().get().chosen()).contains(new Item("Steps", "30 more"));
    assertThat(finished.planProperty().get().changes())
        .contains(new Item("Steps in all", "130 instead of 100"));
    finished.carryOut(() -> {});
    assertThat(services.launched).containsExactly(run);
    assertThat(services.places).containsExactly("run finished");
    assertThat(Amendments.of(run).total(100)).isEqualTo(130);
  }

  @Test
  void aBranchStartsFromTheRunsOwnSettingsAndTheCheckpointThatWasClicked() {
    RunFolder run = StoredRun.finished(folder.resolve("run"), 50, 100);
    ContinueViewModel model = model(run, 50);
    assertThat(model.kindProperty().get()).isEqualTo(Kind.BRANCH);
    assertThat(model.stepProperty().get()).isEqualTo(50);
    assertThat(field(model, "training.learning_rate").initial()).isEqualTo("2.00e-4");
    assertThat(model.planProperty().get().chosen()).isEmpty();
    field(model, "training.learning_rate").text().set("5e-5");
    assertThat(model.planProperty().get().chosen())
        .containsExactly(new Item("training.learning_rate", "5.00e-5 instead of 2.00e-4"));
    field(model, "training.learning_rate").text().set("much");
    assertThat(model.ready()).isFalse();
    assertThat(model.refusals()).first().asString().contains("training.learning_rate");
    field(model, "training.learning_rate").text().set("5e-5");
    model.optimizerProperty().set(false);
    model.carryOut(() -> {});
    RunFolder branch = services.launched.getFirst();
    assertThat(branch.recipe().training().learningRate()).isEqualTo(5e-5);
    assertThat(Origin.of(branch).orElseThrow().optimizer()).isFalse();
  }

  @Test
  void whatCannotBeDoneIsSaidAndARefusedStartLeavesTheDialogOpen() {
    RunFolder run = StoredRun.finished(folder.resolve("run"), 50, 100);
    ContinueViewModel model = model(run, 100);
    model.kindProperty().set(Kind.RESUME);
    assertThat(model.ready()).isFalse();
    assertThat(model.refusals()).first().asString().contains("extend it");
    model.kindProperty().set(Kind.EXTEND);
    model.moreProperty().set("many");
    assertThat(model.ready()).isFalse();
    model.moreProperty().set("10");
    services.refusal = Failure.badInput("The engine is missing.", "");
    model.carryOut(() -> services.said.add("closed"));
    assertThat(model.refusals()).contains("The engine is missing.");
    assertThat(services.said).isEmpty();
  }

  private ContinueViewModel model(RunFolder run, Integer step) {
    var model = new ContinueViewModel(services.direct(folder), run, step, null);
    model.look();
    return model;
  }

  private static BranchField field(ContinueViewModel model, String path) {
    return model.fields().stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
  }

  private static List<String> names(List<Item> items) {
    return items.stream().map(Item::what).toList();
  }
}
