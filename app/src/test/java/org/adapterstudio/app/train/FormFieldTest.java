package org.adapterstudio.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.contract.method.Knob;
import org.junit.jupiter.api.Test;

class FormFieldTest {
  private int changes;

  @Test
  void showsALearningRateAsPeopleWriteIt() {
    FormField rate = real("training.learning_rate", 2e-4, 0, 1);
    assertThat(rate.textProperty().get()).isEqualTo("2.00e-4");
    rate.textProperty().set("3e-4");
    assertThat(rate.value().doubleValue()).isEqualTo(3e-4);
    assertThat(rate.changedProperty().get()).isTrue();
    rate.reset();
    assertThat(rate.changedProperty().get()).isFalse();
    assertThat(rate.value().doubleValue()).isEqualTo(2e-4);
  }

  @Test
  void losesNoDigitOfALoadedNumber() {
    FormField rate = real("training.learning_rate", 2e-4, 0, 1);
    rate.set(com.fasterxml.jackson.databind.node.DoubleNode.valueOf(1.23456e-4));
    assertThat(rate.value().doubleValue()).isEqualTo(1.23456e-4);
  }

  @Test
  void namesTheRangeOfAWrongNumber() {
    var field =
        new FormField(
            "adapter.rank", new Knob.Whole("rank", "Rank r", "", 16, 1, 1024, ""), this::changed);
    field.textProperty().set("0");
    assertThat(field.value()).isNull();
    assertThat(field.errorProperty().get())
        .isEqualTo("Rank r must be a whole number from 1 to 1\u202f024.");
    field.textProperty().set("4.5");
    assertThat(field.value()).isNull();
    field.textProperty().set("12");
    assertThat(field.errorProperty().get()).isEmpty();
    assertThat(field.value().intValue()).isEqualTo(12);
  }

  @Test
  void isHeardOnlyWhenTheValueChanges() {
    FormField field = real("training.warmup_ratio", 0.05, 0, 1);
    field.textProperty().set("0.050");
    assertThat(changes).isZero();
    field.textProperty().set("0.1");
    assertThat(changes).isEqualTo(1);
    field.textProperty().set("x");
    assertThat(changes).as("that it is wrong now is heard too").isEqualTo(2);
  }

  @Test
  void refusesNotANumberAndInfinity() {
    FormField field = real("training.weight_decay", 0, 0, 1);
    field.textProperty().set("NaN");
    assertThat(field.value()).isNull();
    field.textProperty().set("Infinity");
    assertThat(field.value()).isNull();
  }

  private FormField real(String path, double initial, double min, double max) {
    return new FormField(
        path, new Knob.Real("k", "Label", "", initial, min, max, ""), this::changed);
  }

  private void changed() {
    changes++;
  }
}
