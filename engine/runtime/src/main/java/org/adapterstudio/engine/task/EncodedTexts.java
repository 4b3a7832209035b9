package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.data.BadRows;
import org.adapterstudio.engine.data.LabelledTexts;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Split;

/**
 * Labelled (or plain) texts of a recipe, encoded.
 *
 * @param columns of the training file
 * @param split rows to train on and held out
 * @param bad rows of both files that cannot be used
 */
record EncodedTexts(List<String> columns, Split<Row> split, List<BadRow> bad) {
  /** One text before and after encoding. */
  record Row(LabelledTexts.Row source, TextEncoding.Text text) {}

  /** Reads and encodes; bad rows are gathered, never refused here. */
  static EncodedTexts read(
      Recipe recipe,
      TextEncoding encoding,
      BiFunction<Path, Recipe.Data, LabelledTexts> reader,
      LoadProgress progress) {
    Recipe.Data data = recipe.data();
    if (data.train() == null || data.train().isBlank()) {
      throw StudioException.badInput(
          "The recipe names no training file (data.train).", "Choose a data file.");
    }
    LabelledTexts train = reader.apply(Path.of(data.train()), data);
    List<Row> rows = encode(train, encoding, progress);
    var bad = new ArrayList<>(train.bad());
    if (data.eval() == null || data.eval().isBlank()) {
      Split<Row> split = Split.of(rows, data.evalFraction(), recipe.training().seed());
      return new EncodedTexts(train.columns(), split, bad);
    }
    LabelledTexts eval = reader.apply(Path.of(data.eval()), data);
    bad.addAll(eval.bad());
    var split = new Split<>(rows, encode(eval, encoding, progress));
    return new EncodedTexts(train.columns(), split, bad);
  }

  private static List<Row> encode(
      LabelledTexts texts, TextEncoding encoding, LoadProgress progress) {
    var rows = new ArrayList<Row>();
    for (LabelledTexts.Row row : texts.rows()) {
      if (progress.cancelled()) {
        throw new StudioException(new Failure("cancelled", "Reading the data was ended.", "", ""));
      }
      rows.add(new Row(row, encoding.encode(row.text(), row.pair())));
      progress.report(rows.size(), texts.rows().size());
    }
    return rows;
  }

  EncodedTexts requireUsable(Recipe.Data data) {
    BadRows.requireUsable(bad, split.train().isEmpty(), data);
    return this;
  }

  int cut() {
    return (int) split.train().stream().filter(row -> row.text().cut()).count();
  }

  /** What a lesson says of them. */
  Lesson.Extent extent(int microBatchesPerEpoch) {
    return new Lesson.Extent(
        split.train().size(), split.eval().size(), cut(), microBatchesPerEpoch, bad);
  }

  /** The texts for a person to look at, each followed by its label as the trained part. */
  Reply.DataPreviewed preview(String format, Recipe.Data data, int rows) {
    var seen = new HashSet<String>();
    int duplicates = 0;
    for (Row row : split.train()) {
      duplicates += seen.add(key(row)) ? 0 : 1;
    }
    int leaked = (int) split.eval().stream().filter(row -> seen.contains(key(row))).count();
    return new Reply.DataPreviewed(
        format,
        columns,
        split.train().size(),
        split.eval().size(),
        split.train().stream().map(row -> row.text().fullLength()).toList(),
        cut(),
        duplicates,
        leaked,
        bad,
        split.train().stream().limit(rows).map(EncodedTexts::rendered).toList(),
        problems(data));
  }

  private static String key(Row row) {
    return row.source().text() + "\u0000" + row.source().pair();
  }

  private static Reply.RenderedRow rendered(Row row) {
    var pieces = new ArrayList<Reply.Piece>();
    String pair = row.source().pair();
    pieces.add(new Reply.Piece(row.source().text() + (pair == null ? "" : "\n" + pair), false));
    if (!row.source().label().isEmpty()) {
      pieces.add(new Reply.Piece("  " + row.source().label(), true));
    }
    return new Reply.RenderedRow(row.source().line(), row.text().fullLength(), pieces);
  }

  private List<Problem> problems(Recipe.Data data) {
    var problems = new ArrayList<Problem>();
    if (!bad.isEmpty() && !data.skipBadRows()) {
      problems.add(new Problem("data.skip_bad_rows", BadRows.sentence(bad)));
    }
    if (split.train().isEmpty()) {
      problems.add(new Problem("data.train", "There is no usable row to learn from."));
    }
    if (cut() > 0) {
      problems.add(
          new Problem(
              "data.max_length",
              "%d of %d rows are longer than %d tokens and are cut."
                  .formatted(cut(), split.train().size(), data.maxLength())));
    }
    if (split.eval().isEmpty()) {
      problems.add(
          new Problem("data.eval_fraction", "No row is held out, so there is no evaluation."));
    }
    return problems;
  }
}
