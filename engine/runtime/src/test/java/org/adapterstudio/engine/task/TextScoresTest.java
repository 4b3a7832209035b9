package org.adapterstudio.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextScoresTest {
  @Test
  void blanksAroundAnAnswerDoNotCount() {
    var answers =
        List.of(
            new Lesson.Answered("a b", " a b\n"),
            new Lesson.Answered("a b", "a  b"),
            new Lesson.Answered("a", "b"));
    assertThat(TextScores.exactMatch(answers)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void wordErrorsAreWhatIsInsertedLeftOutAndReplacedOverTheWordsWanted() {
    // replaced: sat -> sits; left out: the; inserted: down
    var one = new Lesson.Answered("the cat sat on the mat", "the cat sits on mat down");
    assertThat(TextScores.wordErrorRate(List.of(one))).isCloseTo(3 / 6.0, within(1e-12));
    var silent = new Lesson.Answered("one two", "");
    assertThat(TextScores.wordErrorRate(List.of(one, silent))).isCloseTo(5 / 8.0, within(1e-12));
    var talkative = new Lesson.Answered("one", "two three four");
    assertThat(TextScores.wordErrorRate(List.of(talkative))).isCloseTo(3, within(1e-12));
  }
}
