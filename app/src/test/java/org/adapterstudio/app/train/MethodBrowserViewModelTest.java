package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.serve.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodBrowserViewModelTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private TrainForm form;
  private MethodBrowserViewModel browser;

  @BeforeEach
  void open() {
    form = new TrainForm(() -> {});
    browser = on("llama");
  }

  private MethodBrowserViewModel on(String family) {
    return new MethodBrowserViewModel(
        fakes.direct(folder), Runnable::run, form, ModelFamilies.find(family));
  }

  @Test
  void showsOnlyMethodsThatSuitTheBase() {
    assertThat(browser.shown()).extracting(MethodCard::key).contains("prefix_tuning");
    assertThat(on("vit").shown())
        .extracting(MethodCard::key)
        .contains("lora", "conv_lora")
        .doesNotContain("prefix_tuning");
    assertThat(on("not yet known").shown())
        .containsExactlyElementsOf(MethodCatalogue.cards("adapter"));
  }

  @Test
  void startsWithTheFormsOwnMethodInDetail() {
    assertThat(browser.selected().cardProperty().get().key()).isEqualTo("lora");
    assertThat(fakes.engine.asked).as("without a base nothing can be planned").isEmpty();
  }

  @Test
  void searchesTitleIdeaAndPaperInAnyOrder() {
    browser.searchProperty().set("2305.14314");
    assertThat(browser.shown()).extracting(MethodCard::key).containsExactly("qlora");
    browser.searchProperty().set("4 BITS frozen");
    assertThat(browser.shown()).extracting(MethodCard::key).containsExactly("qlora");
    browser.searchProperty().set("no such thing");
    assertThat(browser.shown()).isEmpty();
  }

  @Test
  void showsOneFamilyAlone() {
    String family = MethodCatalogue.card("adapter", "lora").family();
    browser.familyProperty().set(family);
    assertThat(browser.shown()).isNotEmpty().allMatch(card -> card.family().equals(family));
    assertThat(MethodBrowserViewModel.families()).contains(family);
  }

  @Test
  void everyFamilyHasATitle() {
    assertThat(MethodBrowserViewModel.families())
        .allSatisfy(key -> assertThat(MethodBrowser.familyTitle(key)).isNotBlank());
  }

  @Test
  void countsWhatAMethodWouldNeedOnTheFormsBase() {
    form.load(TrainFixture.recipe(folder));
    form.field("adapter.rank").textProperty().set("4");
    form.field("adapter.knobs.use_rslora").textProperty().set("true");
    browser.selected().show(MethodCatalogue.card("adapter", "full"));
    var asked = (Request.Plan) fakes.engine.asked.getLast().request;
    assertThat(asked.recipe().adapter().method()).isEqualTo("full");
    assertThat(asked.recipe().adapter().rank()).isEqualTo(4);
    assertThat(asked.recipe().adapter().knobs()).as("another method's").isEmpty();
    fakes.engine.asked.getLast().reply(TrainFixture.plan());
    assertThat(browser.selected().planProperty().get()).isEqualTo(TrainFixture.plan());
  }

  @Test
  void holdsOneMethodStillWhileAnotherIsLookedAt() {
    form.load(TrainFixture.recipe(folder));
    browser.compare();
    browser.selected().show(MethodCatalogue.card("adapter", "qlora"));
    assertThat(browser.pinned().cardProperty().get().key()).isEqualTo("lora");
    browser.compare();
    assertThat(browser.pinned().cardProperty().get()).isNull();
  }

  @Test
  void theChosenMethodGoesIntoTheForm() {
    browser.use(MethodCatalogue.card("adapter", "qlora"));
    assertThat(form.recipe().adapter().method()).isEqualTo("qlora");
    assertThat(form.recipe().model().quantization()).isEqualTo("nf4-double");
  }
}
