package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterstudio.app.run.WordDiff.Piece;
import org.junit.jupiter.api.Test;

class WordDiffTest {
  @Test
  void marksWordsTheBaseDidNotSay() {
    assertThat(WordDiff.of("the red lamp is here", "the blue lamp is here"))
        .containsExactly(
            new Piece("the ", false), new Piece("blue ", true), new Piece("lamp is here", false));
  }

  @Test
  void marksNothingInEqualTexts() {
    assertThat(WordDiff.of("a b", "a b")).containsExactly(new Piece("a b", false));
  }

  @Test
  void marksEverythingAgainstNothing() {
    assertThat(WordDiff.of("", "a b")).containsExactly(new Piece("a b", true));
    assertThat(WordDiff.of("a b", "")).isEmpty();
  }

  @Test
  void keepsEveryLetterInOrder() {
    String text = "two  spaces\nand a line\n";
    var joined = new StringBuilder();
    WordDiff.of("and two", text).forEach(piece -> joined.append(piece.text()));
    assertThat(joined.toString()).isEqualTo(text);
  }
}
