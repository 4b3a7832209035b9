package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.contract.serve.Reply;
import org.junit.jupiter.api.Test;

class OpenedWordsTest {
  @Test
  void aBaseThatIsHeldAsTheAdapterWasTrainedIsNamedOnlyWhereItIsNotWhole() {
    assertThat(words("none", "a", "b", "none")).isEmpty();
    assertThat(words("nf4", "a", "b", "nf4"))
        .isEqualTo("The base is held in nf4, as the adapter was trained on it.");
  }

  @Test
  void anotherHoldIsAWarning() {
    assertThat(words("none", "a", "b", "nf4"))
        .contains("held whole", "trained on it in nf4", "not the run's");
  }

  @Test
  void anAdapterThatDoesNotSayNamesItsBaseAndTheFlagThatChooses() {
    assertThat(words("none", "a", "org/base", null))
        .contains("made for org/base", "held whole here", "--quantization");
    assertThat(words("none", "a.safetensors", "", null)).startsWith("The adapter does not say");
    assertThat(words("int8", "a", "org/base", null)).contains("held in int8").doesNotContain("--");
  }

  @Test
  void theBaseAloneIsNamedOnlyInCodes() {
    assertThat(words("none", null, "", null)).isEmpty();
    assertThat(words("int8", null, "", null)).isEqualTo("The base is held in int8.");
  }

  private static String words(String held, String adapter, String madeFor, String trainedOn) {
    return OpenedWords.of(new Reply.Opened("base", held, adapter, madeFor, trainedOn)).orElse("");
  }
}
