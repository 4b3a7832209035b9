package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.seal.Cause;
import org.adapterstudio.contract.run.seal.Environment;
import org.adapterstudio.contract.run.seal.FileHashes;
import org.adapterstudio.contract.run.seal.RunComparison;
import org.adapterstudio.contract.run.seal.Seal;
import org.adapterstudio.contract.run.seal.SealDifference;
import org.adapterstudio.contract.run.seal.SealDifference.Status;
import org.adapterstudio.contract.run.seal.Verification;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedRunTest {
  @TempDir Path folder;
  private PicoProject project;
  private RunFolder run;

  @BeforeEach
  void train() {
    project = new PicoProject(folder);
    run = project.run("sealed", "training.max_steps=4", "training.save_steps=2");
    assertThat(RunEngine.run(run.path())).isTrue();
  }

  @Test
  void aSealTellsWhatChangedInBaseRowsAndResultAndWhatIsNotHere() throws Exception {
    Seal seal = Seal.of(run).orElseThrow();
    assertThat(seal.whole()).isTrue();
    assertThat(seal.files())
        .containsKeys("recipe", "data/train", "base/config.json", "base/model.safetensors");
    assertThat(seal.results()).containsKey("adapter/adapter_model.safetensors");
    assertThat(seal.facts().get("seed")).isEqualTo("7");
    assertThat(seal.facts().get("libtorch")).startsWith("2.");
    assertThat(verify().holds()).isTrue();
    assertThat(verify().verdict()).isEqualTo("Everything that was compared is as sealed.");

    Files.writeString(project.rows(), Files.readString(project.rows()) + "{\"text\": \"more\"}\n");
    assertThat(verify().holds()).isFalse();
    assertThat(verify().differences()).extracting(SealDifference::what).contains("data/train");
    Files.delete(project.rows());
    assertThat(verify().holds()).isTrue();
    assertThat(verify().differences())
        .filteredOn(difference -> difference.status() == Status.MISSING)
        .extracting(SealDifference::what)
        .containsExactly("data/train");

    Path copy = Files.move(run.path(), folder.resolve("elsewhere"));
    Files.move(project.base(), folder.resolve("no base here"));
    run = RunFolder.open(copy);
    assertThat(verify().holds()).isTrue();
    assertThat(verify().verdict()).contains("not here: ", "base/model.safetensors", "data/train");

    Path adapter = run.adapter().resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(adapter);
    bytes[bytes.length - 1] ^= 1;
    Files.write(adapter, bytes);
    assertThat(verify().holds()).isFalse();
    assertThat(verify().verdict()).contains("adapter/adapter_model.safetensors is another");
  }

  @Test
  void anIdenticalRunIsBitEqualAndOneOfAnotherSeedDiffersInThatAlone() throws Exception {
    RunFolder again = project.run("again", "training.max_steps=4", "training.save_steps=2");
    RunFolder seeded =
        project.run("seeded", "training.max_steps=4", "training.save_steps=2", "training.seed=8");
    assertThat(RunEngine.run(again.path())).isTrue();
    assertThat(RunEngine.run(seeded.path())).isTrue();
    var same = RunComparison.of(run, again);
    assertThat(same.differences()).isEmpty();
    assertThat(same.firstStep()).isZero();
    assertThat(Seal.of(again).orElseThrow().results())
        .containsEntry(
            "adapter/adapter_model.safetensors",
            Seal.of(run).orElseThrow().results().get("adapter/adapter_model.safetensors"));
    var other = RunComparison.of(run, seeded);
    assertThat(other.verdict()).isEqualTo("They differ in training.seed alone.");
    assertThat(other.differences().getFirst().cause()).isEqualTo(Cause.SEED);
    assertThat(other.firstStep()).isEqualTo(1);
    assertThat(other.effect()).contains("Best held-out loss");
  }

  @Test
  void aRunThatGoesOnWithOtherRowsSaysSoAndAnOldRunHasNoSeal() throws Exception {
    GoingOn.prepare(run, new Choice.Rewind(2), null);
    Files.writeString(project.rows(), Files.readString(project.rows()) + "{\"text\": \"more\"}\n");
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(RunHistory.of(run).all(Event.Warned.class))
        .extracting(Event.Warned::sentence)
        .anyMatch(sentence -> sentence.contains("another data/train"));
    assertThat(verify().differences())
        .extracting(SealDifference::what)
        .containsExactly("data/train");

    Files.delete(run.seal());
    GoingOn.prepare(run, new Choice.Rewind(2), null);
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(run.seal()).doesNotExist();
    assertThat(verify().sealed()).isFalse();
    assertThat(verify().verdict()).startsWith("This run has no seal");
  }

  private Verification verify() throws Exception {
    var facts = Seal.of(run).map(Seal::facts);
    var here =
        new Environment(
            RunEngine.VERSION, "", "cpu", 1, facts.map(all -> all.get("cpu")).orElse(""));
    return Verification.of(run, here, FileHashes.fresh(folder.resolve("hashes.json")));
  }
}
