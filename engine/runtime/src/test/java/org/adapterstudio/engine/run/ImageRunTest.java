package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.PicoPictures;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.ImageClassifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRunTest {
  @TempDir Path folder;
  private PicoPictures pictures;

  @BeforeEach
  void makePictures() {
    pictures = new PicoPictures(folder);
  }

  @Test
  void aVisionTransformerLearnsClassesFromScratchAndFurtherOnesByAnAdapter() throws Exception {
    pictures.colours("two", 24, Color.RED, Color.BLUE);
    RunFolder full = finished("full", pictures.vit(), "two", "full", 20);
    assertThat(accuracy(full)).isEqualTo(1);
    Path base = full.path().resolve("model");
    var config = Json.read(base.resolve("config.json"));
    assertThat(config.path("architectures").path(0).asText())
        .isEqualTo("ViTForImageClassification");
    assertThat(config.path("id2label").path("0").asText()).isEqualTo("blue");
    assertThat(Files.exists(base.resolve("preprocessor_config.json"))).isTrue();

    pictures.colours("three", 24, Color.RED, Color.BLUE, Color.GREEN);
    RunFolder adapted = finished("adapted", base, "three", "lora", 30);
    assertThat(accuracy(adapted)).isGreaterThan(0.9);
    var purpose = AdapterFolder.purpose(adapted.adapter());
    assertThat(purpose.labels()).containsExactly("blue", "green", "red");
    var written = Json.read(adapted.adapter().resolve("adapter_config.json"));
    assertThat(written.path("modules_to_save").path(0).asText()).isEqualTo("classifier");
    try (var reopened = BaseModel.load(base, Storage.plain("float32"), purpose);
        var model = AdapterFolder.load(reopened, adapted.adapter())) {
      assertThat(model.network().labels()).isEqualTo(purpose.labels());
    }
  }

  @Test
  void aLinearProbeTrainsTheHeadOfAFrozenImageTowerAlone() throws IOException {
    pictures.colours("two", 24, Color.RED, Color.BLUE);
    RunFolder run = finished("probe", pictures.clip(), "two", "linear_probe", 20);
    var planned = RunHistory.of(run).last(Event.Planned.class).orElseThrow();
    assertThat(planned.trainableParameters()).isEqualTo(2 * 24 + 2);
    assertThat(accuracy(run)).isEqualTo(1);
    try (var base = BaseModel.load(run.path().resolve("model"), "float32")) {
      assertThat(base.network()).isInstanceOf(ImageClassifier.class);
      assertThat(base.network().labels()).containsExactly("blue", "red");
    }
  }

  private RunFolder finished(String name, Path base, String data, String method, int steps)
      throws IOException {
    List<String> settings = new ArrayList<>();
    settings.add("model.path=" + Json.tree(base.toString()));
    settings.add("data.train=" + Json.tree(folder.resolve(data).toString()));
    settings.add("data.eval_fraction=0.25");
    settings.add("adapter.method=" + method);
    settings.add("training.per_device_train_batch_size=12");
    settings.add("training.gradient_accumulation_steps=1");
    settings.add("training.max_steps=" + steps);
    settings.add("training.learning_rate=0.01");
    settings.add("training.threads=1");
    settings.add("training.eval_steps=0");
    settings.add("training.seed=3");
    Path recipe = Files.writeString(folder.resolve(name + ".json"), "{\"version\": 1}");
    RunFolder run = RunFolder.create(folder.resolve(name), RecipeFile.read(recipe, settings));
    assertThat(RunEngine.run(run.path())).isTrue();
    return run;
  }

  private static double accuracy(RunFolder run) {
    var last = RunHistory.of(run).last(Event.Evaluated.class).orElseThrow();
    return last.scores().get("accuracy");
  }
}
