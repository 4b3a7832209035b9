package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Reply.Piece;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPreviewTest {
  private static Tokenizer tokenizer;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    tokenizer = Tokenizer.load(Fixtures.BYTES);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static String row(String question, String answer) {
    return "{\"question\": \"" + question + "\", \"answer\": \"" + answer + "\"}\n";
  }

  private Reply.DataPreviewed preview(String train, String eval, int maxLength) {
    Path trainFile = Fixtures.write(folder, "train.jsonl", train);
    String evalFile = eval == null ? null : Fixtures.write(folder, "eval.jsonl", eval).toString();
    Recipe.Data data =
        new Recipe.Data(
            trainFile.toString(), evalFile, 0.0, null, null, null, maxLength, null, null);
    return DataPreview.of(
        Fixtures.recipe(data, 4, 1), tokenizer, Fixtures.template("chatml", tokenizer), 2);
  }

  @Test
  void tellsTheLearntTextFromTheRest() {
    Reply.DataPreviewed preview = preview(row("Grüße 😀?", "Ja – 世界."), null, 512);
    Reply.RenderedRow first = preview.rows().getFirst();
    assertThat(first.line()).isEqualTo(1);
    assertThat(first.pieces())
        .containsExactly(
            new Piece("<|im_start|>user\nGrüße 😀?<|im_end|>\n<|im_start|>assistant\n", false),
            new Piece("Ja – 世界.<|im_end|>", true),
            new Piece("\n", false));
  }

  @Test
  void countsDuplicatesLeaksCutRowsAndBadRows() {
    String train =
        row("one?", "1")
            + row("two?", "2")
            + row("one?", "1")
            + row("long?", "word ".repeat(40))
            + "broken\n"
            + row("three?", "");
    Reply.DataPreviewed preview = preview(train, row("two?", "2") + row("new?", "0"), 60);
    assertThat(preview.trainRows()).isEqualTo(4);
    assertThat(preview.evalRows()).isEqualTo(2);
    assertThat(preview.lengths()).hasSize(4);
    assertThat(preview.duplicates()).isEqualTo(1);
    assertThat(preview.leaked()).isEqualTo(1);
    assertThat(preview.cutRows()).isEqualTo(1);
    assertThat(preview.badRows()).extracting(Reply.BadRow::line).containsExactly(5, 6);
    assertThat(preview.rows()).hasSize(2);
    assertThat(preview.format()).isEqualTo("question_answer");
    assertThat(preview.columns()).containsExactly("question", "answer");
    assertThat(preview.problems())
        .extracting(Problem::path)
        .containsExactly("data.skip_bad_rows", "data.max_length", "data.train", "data.eval");
  }

  @Test
  void aCutRowShowsOnlyWhatTrainingSees() {
    Reply.DataPreviewed preview = preview(row("long?", "word ".repeat(40)), null, 40);
    Reply.RenderedRow row = preview.rows().getFirst();
    String shown = row.pieces().stream().map(Piece::text).collect(Collectors.joining());
    assertThat(row.tokens()).isGreaterThan(40);
    assertThat(tokenizer.encode(shown, false)).hasSize(40);
    assertThat(shown).contains("assistant\nword word").hasSizeLessThan(110);
  }
}
