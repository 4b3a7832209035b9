package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;

/**
 * Everything a recipe's data section holds, encoded, with what could not be used.
 *
 * @param format of the training file
 * @param columns of the training file
 * @param train rows to learn, with their examples
 * @param eval rows held out, with their examples
 * @param bad rows of both files
 */
record Corpus(
    String format, List<String> columns, List<Entry> train, List<Entry> eval, List<BadRow> bad) {
  /** A row before and after encoding. */
  record Entry(Example example, EncodedRow row) {}

  /** Reads and encodes; bad rows are gathered, never refused here. */
  static Corpus read(Recipe recipe, Encoder encoder, LoadProgress progress) {
    Recipe.Data data = recipe.data();
    if (data.train() == null || data.train().isBlank()) {
      throw StudioException.badInput(
          "The recipe names no training file (data.train).", "Choose a data file.");
    }
    Examples source = Examples.read(Path.of(data.train()), data);
    boolean own = data.eval() != null && !data.eval().isBlank();
    Examples held = own ? Examples.read(Path.of(data.eval()), data) : null;
    long total = source.rows().size() + (own ? held.rows().size() : 0L);
    List<BadRow> bad = new ArrayList<>(source.bad());
    List<Entry> rows = encode(data.train(), source.rows(), encoder, bad, 0, total, progress);
    List<Entry> eval = List.of();
    if (own) {
      bad.addAll(held.bad());
      eval = encode(data.eval(), held.rows(), encoder, bad, source.rows().size(), total, progress);
    } else {
      var split = Split.of(rows, data.evalFraction(), recipe.training().seed());
      eval = split.eval();
      rows = split.train();
    }
    return new Corpus(source.format(), source.columns(), rows, eval, bad);
  }

  private static List<Entry> encode(
      String file,
      List<Example> examples,
      Encoder encoder,
      List<BadRow> bad,
      long done,
      long total,
      LoadProgress progress) {
    List<Entry> entries = new ArrayList<>(examples.size());
    for (Example example : examples) {
      if (progress.cancelled()) {
        throw new StudioException(new Failure("cancelled", "Reading the data was ended.", "", ""));
      }
      try {
        entries.add(new Entry(example, encoder.encode(example)));
      } catch (RowRefused refused) {
        bad.add(new BadRow(file, example.line(), refused.field(), refused.getMessage()));
      }
      progress.report(++done, total);
    }
    return entries;
  }

  /** Refuses to go on with bad rows unless the recipe says so, and with no rows at all. */
  Corpus requireUsable(Recipe.Data data) {
    BadRows.requireUsable(bad, train.isEmpty(), data);
    return this;
  }
}
