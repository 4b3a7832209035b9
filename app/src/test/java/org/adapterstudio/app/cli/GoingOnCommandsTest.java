package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.app.testing.StoredRun;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Amendment;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Origin;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.serve.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoingOnCommandsTest extends ScriptedStudio {
  private RunFolder run;

  @BeforeEach
  void makeRun() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    run = StoredRun.finished(folder.resolve("runs/orders"), 50, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"extend", "branch", "verify"})
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertThat(studio(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: studio " + command, "Example");
  }

  @Test
  void aDryRunListsWhatIsRestoredChosenAndChangedAndDoesNothing() {
    assertThat(studio("branch", "orders", "--set", "training.learning_rate=1e-4", "--dry-run"))
        .isOne(); // nothing is left to do behind step 100 of 100
    assertThat(studio("branch", "orders", "--from", "50", "--steps", "80", "--dry-run")).isZero();
    assertThat(out.toString())
        .contains("Branch from orders behind step 50, to step 130")
        .containsPattern("restored\n +Adapter weights +as saved behind step 50 \\(lora of rank 16")
        .containsPattern("chosen by you\n +training.max_steps +130 instead of 100")
        .containsPattern("changes\n +Learning rate");
    var plan = json("resume", "orders", "--from", "50", "--dry-run", "--json");
    assertThat(plan.path("kind").asText()).isEqualTo("rewind");
    assertThat(plan.at("/restored/0/what").asText()).isEqualTo("Adapter weights");
    assertThat(launched).isEmpty();
    assertThat(run.amendments()).doesNotExist();
    assertThat(folder.resolve("runs").toFile().list()).containsExactly("orders");
  }

  @Test
  void aFinishedRunIsToldToBeExtendedAndIs() {
    assertThat(studio("resume", "orders")).isOne();
    assertThat(err.toString()).contains("`studio extend orders --steps N` makes it longer");
    assertThat(studio("extend", "orders", "--steps", "20", "--rate", "held", "--detach")).isZero();
    assertThat(launched).containsExactly(run);
    assertThat(RunHistory.of(run).state()).isEqualTo(RunState.STOPPED);
    var extended = (Amendment.Extended) Amendments.of(run).list().getFirst();
    assertThat(extended.total()).isEqualTo(120);
    assertThat(extended.held()).isPositive();
    assertThat(run.setAside().resolve("result-of-step-100/adapter")).isDirectory();
    assertThat(studio("resume", "orders", "--detach")).isZero();
    assertThat(launched).hasSize(2);
  }

  @Test
  void aBranchIsARunWithACheckpointAndAnOriginAndStandsBelowItsParent() {
    assertThat(studio("branch", "orders", "--from", "50", "--set", "training.seed=9", "--detach"))
        .isZero();
    RunFolder branch = launched.getFirst();
    assertThat(branch.name()).isEqualTo("orders-from-50");
    assertThat(branch.recipe().training().seed()).isEqualTo(9);
    assertThat(branch.checkpointSteps()).containsExactly(50);
    Origin origin = Origin.of(branch).orElseThrow();
    assertThat(origin.step()).isEqualTo(50);
    assertThat(origin.best()).isFalse(); // another seed holds out other rows
    out.getBuffer().setLength(0);
    assertThat(studio("runs", "--tree")).isZero();
    assertThat(out.toString())
        .containsPattern("orders +finished.*\n. orders-from-50 .*step 50 of orders");
    assertThat(studio("show", "orders-from-50")).isZero();
    assertThat(out.toString()).contains("Branched from orders behind step 50.");
    assertThat(studio("branch", "orders", "--from", "50", "--set", "adapter.rank=4")).isOne();
    assertThat(err.toString()).contains("adapter.rank cannot be 4 behind it");
  }

  @Test
  void aRunOfAnOlderVersionIsSaidToHaveNoSealAndTwoRunsAreCompared() throws Exception {
    answer = new Reply.Runtime("0.1.0", 1, 2, "2.7.1", "/natives", false, false, 0, "");
    assertThat(studio("verify", "orders")).isOne();
    assertThat(out.toString()).contains("This run has no seal");
    Path other = folder.resolve("runs/other");
    StoredRun.stopped(other, 100);
    out.getBuffer().setLength(0);
    assertThat(studio("verify", "orders", "other")).isZero();
    assertThat(out.toString())
        .contains("Nothing that is known differs", "Best held-out loss 1.4121 in orders");
  }

  @Test
  void aRerunComparesEveryLossAndTheAdapterBitForBitAndLeavesNothingBehind() {
    engine = again -> StoredRun.train(again, 0.42);
    assertThat(studio("verify", "orders", "--rerun")).isZero();
    assertThat(out.toString())
        .contains("All 1 steps came out the same bit for bit, and so did the adapter.");
    assertThat(launched.getFirst().path()).doesNotExist();
    engine = again -> StoredRun.train(again, Math.nextUp(0.42));
    var result = json(1, "verify", "orders", "--rerun", "--json");
    assertThat(result.path("first_different").asInt()).isEqualTo(100);
    assertThat(result.path("equal").asBoolean(true)).isFalse();
  }

  private JsonNode json(int code, String... args) {
    out.getBuffer().setLength(0);
    assertThat(studio(args)).isEqualTo(code);
    return Json.parse(out.toString(), "output");
  }
}
