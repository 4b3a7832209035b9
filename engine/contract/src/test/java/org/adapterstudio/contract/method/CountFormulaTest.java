package org.adapterstudio.contract.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountFormulaTest {
  private static final Map<String, Long> SIZES = Map.of("r", 4L, "in", 10L, "out", 6L);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r*(in+out) | 64",
        "in*out + out | 66",
        "r*r | 16",
        "min(in, out)*2 | 12",
        "(in-out)/2 | 2",
        "0 | 0",
        "max(r, in) + 1 | 11"
      })
  void formulasOfCardsAreEvaluated(String formula, long value) {
    assertThat(CountFormula.evaluate(formula, SIZES)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r*", "(r", "r in", "rank", "2**3", "min(r)"})
  void whatIsNoFormulaIsRefused(String formula) {
    assertThatThrownBy(() -> CountFormula.evaluate(formula, SIZES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("org.adapterstudio.contract.method.MethodCatalogue#cards")
  void everyCardIsWholeAndItsFormulaReadable(MethodCard card) {
    assertThat(card.key()).matches("[a-z0-9_]+");
    assertThat(card.title()).isNotBlank();
    assertThat(card.sentence()).endsWith(".");
    assertThat(card.formula()).isNotBlank();
    assertThat(card.implementation()).startsWith("org.adapterstudio.engine.");
    assertThat(CountFormula.evaluate(card.trainable(), sizes(card))).isNotNegative();
    assertThat(card.knobs()).allSatisfy(knob -> assertThat(knob.help()).endsWith("."));
  }

  /** A formula may name the card's whole-number knobs too. */
  private static Map<String, Long> sizes(MethodCard card) {
    var sizes = new HashMap<>(SIZES);
    card.knobs().stream()
        .filter(Knob.Whole.class::isInstance)
        .map(Knob.Whole.class::cast)
        .forEach(knob -> sizes.put(knob.key(), knob.initialValue()));
    return sizes;
  }

  @Test
  void anUnknownMethodNamesTheKnownOnes() {
    assertThatThrownBy(() -> MethodCatalogue.card("adapter", "lara"))
        .hasMessageContaining("\"lara\"")
        .hasMessageContaining("lora");
  }
}
