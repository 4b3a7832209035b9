package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.contract.method.MethodCatalogue;
import org.junit.jupiter.api.Test;

class TrainFormTest {
  @Test
  void aMethodThatWantsMoreOfTheRecipeGetsItAndGivesItBack() {
    var form = new TrainForm(() -> {});
    form.methodProperty().set(MethodCatalogue.card("adapter", "qlora"));
    assertThat(form.recipe().model().quantization()).isEqualTo("nf4-double");
    assertThat(form.recipe().training().activationCheckpointing()).isTrue();
    form.methodProperty().set(MethodCatalogue.card("adapter", "lora"));
    assertThat(form.recipe().model().quantization()).isEqualTo("none");
    assertThat(form.recipe().training().activationCheckpointing()).isFalse();
  }

  @Test
  void aRecipesOwnChoiceIsShownAsItIs() {
    var form = new TrainForm(() -> {});
    form.methodProperty().set(MethodCatalogue.card("adapter", "qlora"));
    form.field("model.quantization").textProperty().set("int8");
    var other = new TrainForm(() -> {});
    other.load(form.recipe());
    assertThat(other.recipe().model().quantization()).isEqualTo("int8");
  }
}
