package org.adapterstudio.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.quant.Quantization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that were trained on a quantized base answer as their runs did. */
class QuantizedOpeningTest {
  @TempDir Path folder;
  private PicoProject project;
  private final List<Reply> replies = new ArrayList<>();
  private final Call call = new Call(replies::add, new AtomicBoolean());

  @BeforeEach
  void writeProject() {
    project = new PicoProject(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anAdaptersFolderTellsTheCodesOfItsBase(int rounds) {
    Path place = folder.resolve("adapter");
    try (BaseModel base = base(Quantization.NF4);
        AdaptedModel made = AdaptedModel.attach(base, loftq(rounds), 1);
        var models = new Models()) {
      AdapterFolder.write(made, place, "");
      try (var borrowed = models.borrow(wanted(place, null), call)) {
        assertThat(Proof.between(made, borrowed.model(), base.network().probe())).isZero();
      }
      assertThat(opened().quantization()).isEqualTo("nf4");
      assertThat(opened().differs()).isFalse();
    }
  }

  @Test
  void anotherQuantizationMayBeAskedForAndIsTold() {
    Path place = folder.resolve("adapter");
    try (BaseModel base = base(Quantization.NF4);
        AdaptedModel made = AdaptedModel.attach(base, loftq(1), 1);
        var models = new Models()) {
      AdapterFolder.write(made, place, "");
      try (var borrowed = models.borrow(wanted(place, "none"), call)) {
        assertThat(Proof.between(made, borrowed.model(), base.network().probe()))
            .isGreaterThan(1e-4);
      }
      assertThat(opened().differs()).isTrue();
      assertThat(opened().trainedOn()).isEqualTo("nf4");
    }
  }

  @Test
  void anAdapterFromElsewhereNamesItsBaseButNotItsCodes() throws IOException {
    Path place = folder.resolve("adapter");
    try (BaseModel base = base(Quantization.INT8);
        AdaptedModel made = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 1);
        var models = new Models()) {
      AdapterFolder.write(made, place, "");
      Files.delete(place.resolve("base.json"));
      models.borrow(wanted(place, null), call).close();
      assertThat(opened().quantization()).isEqualTo("none");
      assertThat(opened().trainedOn()).isNull();
      assertThat(Path.of(opened().madeFor())).isEqualTo(project.base());
      try (var borrowed = models.borrow(wanted(place, "int8"), call)) {
        assertThat(Proof.between(made, borrowed.model(), base.network().probe())).isZero();
      }
    }
  }

  @Test
  void aResultOfAnOlderRunIsOpenedAsItsRecipeSays() throws IOException {
    RunFolder run = project.run("older", "model.quantization=nf4-double");
    Files.createFile(run.events());
    try (BaseModel base = base(Quantization.NF4_DOUBLE);
        AdaptedModel made = AdaptedModel.attach(base, Recipe.Adapter.of("qlora"), 1);
        var models = new Models()) {
      AdapterFolder.write(made, run.adapter(), "");
      Files.delete(run.adapter().resolve("base.json"));
      models.borrow(wanted(run.adapter(), null), call).close();
      assertThat(opened().quantization()).isEqualTo("nf4-double");
    }
  }

  @Test
  void peftsLoftqFolderIsOpenedOnTheCodesThatItsConfigNames() throws IOException {
    Path place = folder.resolve("adapter");
    try (BaseModel base = base(Quantization.NF4);
        AdaptedModel made = AdaptedModel.attach(base, loftq(3), 1);
        var models = new Models()) {
      AdapterFolder.write(made, place, "");
      Files.delete(place.resolve("base.json"));
      try (var borrowed = models.borrow(wanted(place, null), call)) {
        assertThat(Proof.between(made, borrowed.model(), base.network().probe())).isZero();
      }
    }
  }

  @Test
  void mergingGivesTheDecodedBaseWithTheChangeAndWholeFilesWhereAsked() {
    Path place = folder.resolve("adapter");
    try (BaseModel base = base(Quantization.NF4);
        AdaptedModel made = AdaptedModel.attach(base, loftq(1), 1);
        var models = new Models()) {
      AdapterFolder.write(made, place, "");
      assertThat(merged(models, place, "decoded", null, made)).isLessThan(1e-4);
      assertThat(merged(models, place, "files", "none", made)).isGreaterThan(1e-4);
    }
  }

  @Test
  void anUnknownWordIsRefusedWithTheKnownOnes() {
    try (var models = new Models()) {
      assertThatThrownBy(
              () ->
                  models.borrow(
                      new Models.Wanted(project.base().toString(), null, "float32", "int4"), call))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("int4");
    }
  }

  /** Largest difference of a merged model, opened whole, from the run's. */
  private double merged(
      Models models, Path adapter, String name, String quantization, AdaptedModel made) {
    Path out = folder.resolve(name);
    var request =
        new Request.Export(
            project.base().toString(),
            adapter.toString(),
            "merged",
            out.toString(),
            null,
            quantization);
    ExportHandler.answer(request, models, call);
    try (BaseModel whole = BaseModel.load(out, "float32");
        AdaptedModel plain = AdaptedModel.plain(whole)) {
      return Proof.between(made, plain, whole.network().probe());
    }
  }

  private Reply.Opened opened() {
    return replies.stream()
        .filter(Reply.Opened.class::isInstance)
        .map(Reply.Opened.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private Models.Wanted wanted(Path adapter, String quantization) {
    return new Models.Wanted(
        project.base().toString(), adapter.toString(), "float32", quantization);
  }

  private BaseModel base(Quantization quantization) {
    return BaseModel.load(
        project.base(), new Storage("float32", quantization, false), Purpose.AS_STORED);
  }

  private static Recipe.Adapter loftq(int rounds) {
    return new Recipe.Adapter(
        "lora",
        4,
        4.0,
        0.0,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of("rounds", Json.tree(rounds)),
        "loftq");
  }
}
