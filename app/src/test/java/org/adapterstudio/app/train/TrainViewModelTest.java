package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskNeeds;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private final List<Runnable> waiting = new ArrayList<>();
  private TrainViewModel model;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    model = new TrainViewModel(fakes.direct(folder), waiting::add);
  }

  @Test
  void namesWhatIsMissingOneAfterTheOther() {
    assertThat(action()).isEqualTo("Choose a base model");
    Recipe recipe = TrainFixture.recipe(folder);
    model.form().modelProperty().set(recipe.model().path());
    assertThat(action()).isEqualTo("Choose a dataset");
    model.form().trainProperty().set(folder.resolve("nowhere.jsonl").toString());
    assertThat(action()).isEqualTo("Choose another dataset");
    model.form().trainProperty().set(recipe.data().train());
    assertThat(action()).isNull();
    model.form().field("training.learning_rate").textProperty().set("fast");
    assertThat(action()).isEqualTo("Correct: Learning rate");
    assertThat(model.missingProperty().get().card()).isEqualTo(CardName.SCHEDULE);
  }

  @Test
  void refusesAFolderThatIsNoModel() {
    model.form().modelProperty().set(folder.toString());
    assertThat(action()).isEqualTo("Choose another base model");
    assertThat(model.modelProperty().get().problem()).contains("config.json");
    assertThat(fakes.engine.asked).isEmpty();
  }

  @Test
  void asksOnceAfterTheLastOfManyChanges() {
    model.load(TrainFixture.recipe(folder));
    for (int rank = 2; rank <= 12; rank++) {
      model.form().field("adapter.rank").textProperty().set(Integer.toString(rank));
    }
    assertThat(fakes.engine.asked).isEmpty();
    pause();
    assertThat(requests(Request.PreviewData.class)).hasSize(1);
    List<Request.Plan> plans = requests(Request.Plan.class);
    assertThat(plans).hasSize(1);
    assertThat(plans.getFirst().recipe().adapter().rank()).isEqualTo(12);
  }

  @Test
  void neverShowsAnOlderAnswerThanTheNewest() {
    model.load(TrainFixture.recipe(folder));
    pause();
    FakeEngine.Asked older = last(Request.Plan.class);
    model.form().field("adapter.rank").textProperty().set("4");
    pause();
    FakeEngine.Asked newer = last(Request.Plan.class);
    assertThat(older.cancelled()).isTrue();
    newer.reply(TrainFixture.plan());
    older.reply(new Reply.Failed(Failure.badInput("Too late.", "")));
    assertThat(model.planProperty().get()).isEqualTo(TrainFixture.plan());
    assertThat(model.planFailureProperty().get()).isNull();
  }

  @Test
  void looksAtTheDataAgainOnlyWhenTheDataChanges() {
    model.load(TrainFixture.recipe(folder));
    pause();
    model.form().field("training.seed").textProperty().set("7");
    pause();
    assertThat(requests(Request.PreviewData.class)).hasSize(1);
    model.form().field("data.max_length").textProperty().set("256");
    pause();
    assertThat(requests(Request.PreviewData.class)).hasSize(2);
  }

  @Test
  void startsWithoutBadRowsOnlyWhenAskedTo() {
    model.load(TrainFixture.recipe(folder));
    pause();
    last(Request.PreviewData.class).reply(TrainFixture.preview(true));
    assertThat(action()).isEqualTo("Decide about 3 bad rows");
    model.start();
    assertThat(fakes.launched).isEmpty();
    model.form().field("data.skip_bad_rows").textProperty().set("true");
    assertThat(action()).isNull();
    model.start();
    assertThat(fakes.launched.getFirst().recipe().data().skipBadRows()).isTrue();
  }

  @Test
  void leadsToTheCardOfAProblem() {
    model.load(TrainFixture.recipe(folder));
    pause();
    var plan = TrainFixture.plan();
    last(Request.Plan.class)
        .reply(
            new Reply.Planned(
                List.of(new Problem("training.max_steps", "is too many")),
                1,
                1,
                1,
                1,
                1,
                plan.memoryBytes(),
                1,
                1));
    assertThat(model.missingProperty().get().card()).isEqualTo(CardName.SCHEDULE);
    assertThat(model.complete(CardName.SCHEDULE)).isFalse();
    assertThat(model.complete(CardName.BASE)).isTrue();
  }

  @Test
  void showsWhyThereIsNoPreview() {
    model.load(TrainFixture.recipe(folder));
    pause();
    assertThat(model.previewingProperty().get()).isTrue();
    var failure = Failure.badInput("orders.jsonl has columns a, b.", "Map them in data.columns.");
    last(Request.PreviewData.class).reply(new Reply.Failed(failure));
    assertThat(model.previewingProperty().get()).isFalse();
    assertThat(model.previewFailureProperty().get()).isEqualTo(failure);
    assertThat(action()).isEqualTo("Correct the data");
  }

  @Test
  void writesTheRunFolderLaunchesAndGoesThere() {
    Recipe recipe = TrainFixture.recipe(folder);
    model.load(recipe);
    model.form().field("adapter.rank").textProperty().set("8");
    model.start();
    model.start();
    RunFolder run = fakes.launched.getFirst();
    assertThat(run.path()).isEqualTo(folder.resolve("runs/tiny-llama-lora"));
    assertThat(run.recipe().adapter().rank()).isEqualTo(8);
    assertThat(run.recipe().name()).isEqualTo("tiny-llama-lora");
    assertThat(fakes.launched)
        .extracting(RunFolder::name)
        .containsExactly("tiny-llama-lora", "tiny-llama-lora-2");
    assertThat(fakes.places).containsExactly("run tiny-llama-lora", "run tiny-llama-lora-2");
  }

  @Test
  void saysWhyNoEngineCouldBeStarted() {
    model.load(TrainFixture.recipe(folder));
    fakes.refusal = Failure.badInput("No engine could be started.", "Build it first.");
    model.start();
    assertThat(fakes.said).containsExactly("No engine could be started. Build it first.");
    assertThat(model.startingProperty().get()).isFalse();
  }

  @Test
  void keepsWhatTheFormHasNoFieldFor() throws Exception {
    Path file = folder.resolve("recipe.json");
    Files.writeString(
        file,
        """
        {"model": {"path": "m"}, "data": {"train": "d.jsonl", "columns": {"answer": "reply"}},
         "adapter": {"r": 4, "alpha": 9.5, "target_modules": ["q_proj", "v_proj"],
                     "rank_pattern": {"layers.0": 2}},
         "training": {"learning_rate": 0.00015, "optimizer": "adamw"},
         "sampling": {"prompts": ["Hello", "Bye"]}}
        """);
    model.open(file);
    Path again = folder.resolve("again.json");
    model.save(again);
    Recipe before = org.adapterstudio.contract.recipe.RecipeFile.read(file);
    assertThat(org.adapterstudio.contract.recipe.RecipeFile.read(again)).isEqualTo(before);
    assertThat(before.adapter().rankPattern()).containsEntry("layers.0", 2);
    assertThat(model.form().targetsProperty().get()).isEqualTo("q_proj, v_proj");
    assertThat(model.form().field("training.learning_rate").textProperty().get())
        .isEqualTo("1.50e-4");
  }

  @Test
  void picksABaseAndADatasetOneAfterTheOther() {
    Recipe whole = TrainFixture.recipe(folder);
    model.form().field("adapter.rank").textProperty().set("4");
    model.load(new Recipe(1, null, whole.model(), null, null, null, null));
    model.load(new Recipe(1, null, null, whole.data(), null, null, null));
    assertThat(model.form().recipe().model().path()).isEqualTo(whole.model().path());
    assertThat(model.form().recipe().data().train()).isEqualTo(whole.data().train());
    assertThat(model.form().recipe().adapter().rank()).isEqualTo(4);
    model.load(new Recipe(1, null, null, null, null, null, null));
    assertThat(action()).isEqualTo("Choose a base model");
    assertThat(model.form().recipe().adapter().rank()).isEqualTo(16);
  }

  @Test
  void offersTheTemplatesThatTheEngineHas() throws Exception {
    Path templates = root().resolve("engine/runtime/src/main/resources/templates");
    try (var files = Files.list(templates)) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replace(".jinja", "")).sorted().toList();
      var knob =
          (org.adapterstudio.contract.method.Knob.Choice)
              model.form().field("data.chat_template").knob();
      assertThat(knob.options()).containsAll(names).hasSize(names.size() + 1);
    }
  }

  private static Path root() {
    String root = System.getenv("STUDIO_ROOT");
    return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
  }

  @Test
  void saysWhatIsWrongWithARecipeFile() throws Exception {
    Path file = folder.resolve("recipe.json");
    Files.writeString(file, "{\"adapter\": {\"rnak\": 4}}");
    model.open(file);
    assertThat(fakes.said.getFirst()).contains("adapter.rnak").contains("rank");
  }

  @Test
  void takesTheTaskThatTheBaseWasSavedFor() {
    assertThat(model.taskProperty().get()).isNull();
    assertThat(model.form().field("model.task").offered()).contains("sequence_classification");
    model.load(TrainFixture.recipe(folder));
    assertThat(model.taskProperty().get().key()).isEqualTo("causal_lm");
    assertThat(model.form().field("model.task").offered()).containsExactly("auto", "causal_lm");
    assertThat(model.form().recipe().model().task()).isEqualTo("auto");
    assertThat(action()).isNull();
  }

  @Test
  void asksForAnotherTaskWhereTheBaseHasNoHeadForIt() {
    model.load(TrainFixture.recipe(folder));
    model.form().field("model.task").textProperty().set("sequence_classification");
    assertThat(action()).isEqualTo("Choose another task");
    assertThat(model.missingProperty().get().card()).isEqualTo(CardName.BASE);
    assertThat(model.form().field("model.task").offered())
        .containsExactly("auto", "causal_lm", "sequence_classification");
  }

  @Test
  void hidesWhatATaskDoesNotReadAndLeavesItAtItsDefault() {
    model.load(TrainFixture.recipe(folder));
    TrainForm form = model.form();
    form.field("data.packing").textProperty().set("true");
    form.field("data.chat_template").textProperty().set("chatml");
    form.promptsProperty().set("Hello");
    assertThat(form.recipe().data().packing()).isTrue();
    form.field("model.task").textProperty().set("masked_lm");
    assertThat(form.all().filter(field -> !field.shownProperty().get()))
        .extracting(FormField::path)
        .containsExactlyInAnyOrder(
            "data.format", "data.chat_template", "data.packing", "sampling.steps");
    assertThat(form.asksProperty().get()).isFalse();
    Recipe recipe = form.recipe();
    assertThat(recipe.data().packing()).isFalse();
    assertThat(recipe.data().chatTemplate()).isNull();
    assertThat(recipe.sampling().prompts()).isEmpty();
    form.field("model.task").textProperty().set("auto");
    assertThat(form.recipe().data().chatTemplate()).isEqualTo("chatml");
    assertThat(form.recipe().sampling().prompts()).containsExactly("Hello");
  }

  @Test
  void offersTheFormatsOfTheTaskAlone() {
    model.load(TrainFixture.recipe(folder));
    assertThat(model.form().field("data.format").offered())
        .contains("auto", "question_answer")
        .doesNotContain("classification");
  }

  @Test
  void asksForTheColumnsThatTheEngineReportsWhenNoFormatFitsThem() {
    model.load(TrainFixture.recipe(folder));
    pause();
    last(Request.PreviewData.class).reply(TrainFixture.unclear("note", "reply"));
    assertThat(action()).isEqualTo("Correct the data");
    assertThat(model.columnsProperty().get()).containsExactly("note", "reply");
    assertThat(model.formatOpen()).isTrue();
    model.form().field("data.format").textProperty().set("question_answer");
    assertThat(model.formatOpen()).isFalse();
    assertThat(model.rowFields())
        .extracting(TaskNeeds.Field::name)
        .containsExactly("question", "answer", "system");
    model.form().columns().put("question", "note");
    pause();
    assertThat(((Request.PreviewData) last(Request.PreviewData.class).request).recipe().data())
        .satisfies(data -> assertThat(data.columns()).containsEntry("question", "note"));
  }

  @Test
  void mapsTheColumnsOfATaskThatReadsOneFormat() {
    model.load(TrainFixture.recipe(folder));
    model.form().field("model.task").textProperty().set("sequence_classification");
    pause();
    last(Request.PreviewData.class).reply(TrainFixture.unclear("review", "stars"));
    assertThat(model.formatOpen()).isFalse();
    assertThat(model.rowFields())
        .extracting(TaskNeeds.Field::name)
        .containsExactly("text", "text_pair", "label");
  }

  @Test
  void showsWhatARunOfTheSameNeedsTook() {
    Recipe recipe = TrainFixture.recipe(folder);
    var run = new SyntheticRun(folder.resolve("runs/before"), recipe);
    run.begin(10).write();
    model.load(recipe);
    assertThat(model.measuredProperty().get().run()).isEqualTo("before");
    assertThat(model.measuredProperty().get().memory().peakBytes()).isEqualTo(1_262_000_000L);
    model.form().field("training.learning_rate").textProperty().set("1e-3");
    assertThat(model.measuredProperty().get()).isNotNull();
    model.form().field("training.per_device_train_batch_size").textProperty().set("8");
    assertThat(model.measuredProperty().get()).isNull();
  }

  @Test
  void choosesTheTaskOfAnEncoderByItsHeadAndAFolderForPictures() {
    Path bert =
        TinyModels.model(folder.resolve("bert"), "BertForSequenceClassification", "bert", 32);
    model.form().modelProperty().set(bert.toString());
    assertThat(model.taskProperty().get().key()).isEqualTo("sequence_classification");
    assertThat(model.form().field("model.task").offered())
        .containsExactlyInAnyOrder("auto", "masked_lm", "sequence_classification");
    Path bare = TinyModels.model(folder.resolve("bare"), "BertModel", "bert", 32);
    model.form().modelProperty().set(bare.toString());
    assertThat(action()).isEqualTo("Choose a task");
    Path vit = TinyModels.model(folder.resolve("vit"), "ViTForImageClassification", "vit", 32);
    model.form().modelProperty().set(vit.toString());
    model.form().trainProperty().set(folder.toString());
    assertThat(model.taskProperty().get().key()).isEqualTo("image_classification");
    assertThat(action()).as("a folder will do").isNull();
    assertThat(model.form().field("data.max_length").shownProperty().get()).isFalse();
  }

  @Test
  void saysOfAnUnknownFamilyWhatTheEngineSays() {
    Path phi = TinyModels.model(folder.resolve("phi"), "PhiForCausalLM", "phi", 32);
    model.form().modelProperty().set(phi.toString());
    assertThat(action()).isEqualTo("Choose another base model");
    assertThat(model.taskProperty().get()).isNull();
  }

  @Test
  void buildsTheMethodCardFromItsKnobs() {
    assertThat(model.form().methodFieldsProperty().get())
        .extracting(FormField::path)
        .contains("adapter.rank", "adapter.alpha", "adapter.knobs.use_rslora");
    model.form().field("adapter.knobs.use_rslora").textProperty().set("true");
    assertThat(model.form().recipe().adapter().knobs().get("use_rslora").asBoolean()).isTrue();
    model.form().methodProperty().set(MethodCatalogue.card("adapter", "full"));
    assertThat(model.form().recipe().adapter().method()).isEqualTo("full");
    assertThat(model.form().recipe().adapter().knobs()).isEmpty();
  }

  private String action() {
    Missing missing = model.missingProperty().get();
    return missing == null ? null : missing.action();
  }

  private void pause() {
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  private FakeEngine.Asked last(Class<? extends Request> type) {
    return fakes.engine.asked.reversed().stream()
        .filter(asked -> type.isInstance(asked.request))
        .findFirst()
        .orElseThrow();
  }

  private <T extends Request> List<T> requests(Class<T> type) {
    return fakes.engine.asked.stream()
        .map(asked -> asked.request)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
