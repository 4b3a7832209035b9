package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainPictureTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();

  @Test
  void showsTheEmptyForm() {
    TrainView view = view();
    assertThat(picture(view, "train-empty-light", 880, 540, false)).isGreaterThan(50);
  }

  @Test
  void showsTheFilledFormInBothThemes() {
    TrainView view = view();
    Screen.run(
        () -> {
          view.load(TrainFixture.recipe(folder));
          TrainFixture.answer(fakes.engine, TrainFixture.preview(true), TrainFixture.plan());
        });
    assertThat(picture(view, "train-filled-dark", 1000, 900, true)).isGreaterThan(100);
    TrainView other = view();
    Screen.run(
        () -> {
          other.load(TrainFixture.recipe(folder.resolve("b")));
          TrainFixture.answer(fakes.engine, TrainFixture.preview(false), TrainFixture.plan());
          other.open(CardName.BASE, false);
          other.open(CardName.DATA, false);
          other.open(CardName.METHOD, true);
          other.open(CardName.SCHEDULE, true);
        });
    assertThat(picture(other, "train-method-light", 1000, 900, false)).isGreaterThan(100);
  }

  @Test
  void showsAllMethodsAndTwoBesideEachOther() {
    TrainView view = view();
    Screen.run(
        () -> {
          view.load(TrainFixture.recipe(folder));
          view.browse();
          TrainFixture.answer(fakes.engine, TrainFixture.preview(false), TrainFixture.plan());
        });
    assertThat(picture(view, "train-methods-light", 1000, 800, false)).isGreaterThan(100);
    TrainView other = view();
    Screen.run(
        () -> {
          other.load(TrainFixture.recipe(folder.resolve("b")));
          other.browse();
          MethodBrowserViewModel browser = other.browser().model();
          browser.compare();
          browser.selected().show(MethodCatalogue.card("adapter", "qlora"));
          TrainFixture.answer(fakes.engine, TrainFixture.preview(false), TrainFixture.plan());
        });
    assertThat(picture(other, "train-methods-compared-dark", 960, 700, true)).isGreaterThan(100);
  }

  @Test
  void asksWhichColumnHoldsWhat() {
    TrainView view = view();
    Screen.run(
        () -> {
          view.load(TrainFixture.recipe(folder));
          TrainFixture.answer(
              fakes.engine, TrainFixture.unclear("note", "reply", "day"), TrainFixture.plan());
        });
    assertThat(picture(view, "train-columns-open-light", 1000, 800, false)).isGreaterThan(100);
    TrainView mapped = view();
    Screen.run(
        () -> {
          mapped.load(TrainFixture.recipe(folder.resolve("b")));
          mapped.open(CardName.BASE, true);
          mapped.model().form().modelProperty().set(bert().toString());
          TrainFixture.answer(
              fakes.engine, TrainFixture.unclear("review", "stars", "day"), TrainFixture.plan());
        });
    assertThat(picture(mapped, "train-columns-dark", 1000, 960, true)).isGreaterThan(100);
  }

  @Test
  void followsTheTaskOfTheBase() {
    new SyntheticRun(folder.resolve("runs/reviews-r16"), labels()).begin(10).write();
    TrainView texts = view();
    Screen.run(
        () -> {
          texts.load(labels());
          TrainFixture.answer(fakes.engine, TrainFixture.labelled(), TrainFixture.plan());
        });
    assertThat(picture(texts, "train-labels-light", 1000, 960, false)).isGreaterThan(100);
    TrainView pictures = view();
    Path vit = TinyModels.model(folder.resolve("vit"), "ViTForImageClassification", "vit", 32);
    Screen.run(
        () -> {
          pictures.load(TrainFixture.recipe(folder.resolve("b")));
          pictures.open(CardName.BASE, true);
          pictures.model().form().modelProperty().set(vit.toString());
          pictures.model().form().trainProperty().set(folder.resolve("shoes").toString());
          TrainFixture.answer(fakes.engine, TrainFixture.pictures(), TrainFixture.plan());
        });
    assertThat(picture(pictures, "train-pictures-dark", 1000, 960, true)).isGreaterThan(100);
  }

  private Path bert() {
    return TinyModels.model(folder.resolve("bert"), "BertForSequenceClassification", "bert", 32);
  }

  private Recipe labels() {
    Path rows =
        TinyModels.write(
            folder.resolve("reviews.jsonl"), "{\"text\": \"Good\", \"label\": 1}\n".repeat(9));
    var model = Recipe.Model.of(bert().toString());
    return new Recipe(1, null, model, Recipe.Data.of(rows.toString()), null, null, null);
  }

  private TrainView view() {
    Screen.stage();
    var services = fakes.with(folder, Runnable::run, Runnable::run);
    return Screen.call(() -> new TrainView(services, Runnable::run));
  }

  private int picture(TrainView view, String name, int width, int height, boolean dark) {
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      Screen.run(() -> Platform.runLater(() -> {}));
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
