package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void sharesReadInPercentAndOthersAsNumbers() {
    assertThat(Scores.value("accuracy", 0.875)).isEqualTo("87.5\u00a0%");
    assertThat(Scores.value("word_error_rate", 1.04)).isEqualTo("104.0\u00a0%");
    assertThat(Scores.value("perplexity", 12.5)).isEqualTo("12.5000");
    assertThat(Scores.value("accuracy", Double.NaN)).isEqualTo("not a number");
  }

  @Test
  void anUnknownNameStillReadsWell() {
    assertThat(Scores.name("macro_f1")).isEqualTo("macro F1");
    assertThat(Scores.name("top_five_accuracy")).isEqualTo("top five accuracy");
    assertThat(Scores.title("word_error_rate")).isEqualTo("Word error rate");
  }

  @Test
  void wordsKeepTheOrderOfTheTask() {
    var scores = new LinkedHashMap<String, Double>();
    scores.put("word_error_rate", 0.125);
    scores.put("accuracy", 0.5);
    assertThat(Scores.words(scores)).isEqualTo("word error rate 12.5\u00a0%, accuracy 50.0\u00a0%");
    assertThat(Scores.words(Map.of())).isEmpty();
  }

  @Test
  void theBestIsTheHighestAndOfErrorsTheLowest() {
    var best =
        Scores.best(
            List.of(
                Map.of("accuracy", 0.7, "word_error_rate", 0.4),
                Map.of("accuracy", 0.9, "word_error_rate", Double.NaN),
                Map.of("accuracy", 0.8, "word_error_rate", 0.3)));
    assertThat(best).containsEntry("accuracy", 0.9).containsEntry("word_error_rate", 0.3);
  }
}
