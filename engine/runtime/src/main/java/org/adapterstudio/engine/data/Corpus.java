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
  /** Bad rows that a refusal lists. */
  private static final int LISTED = 10;

  /** Rows from which on a share of them is held out. */
  private static final int FEWEST_TO_SPLIT = 20;

  /** Epoch number of the permutation that chooses the held-out rows; no real epoch has it. */
  private static final long SPLIT = -1;

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
      int count = heldOut(rows.size(), data.evalFraction());
      boolean[] out = chosen(rows.size(), count, recipe.training().seed());
      eval = pick(rows, out, true);
      rows = pick(rows, out, false);
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

  private static int heldOut(int rows, double fraction) {
    if (fraction <= 0 || rows < FEWEST_TO_SPLIT) {
      return 0;
    }
    return Math.clamp(Math.round(rows * fraction), 1, rows - 1);
  }

  private static boolean[] chosen(int rows, int count, long seed) {
    boolean[] chosen = new boolean[rows];
    int[] order = Shuffle.order(rows, seed, SPLIT);
    for (int i = 0; i < count; i++) {
      chosen[order[i]] = true;
    }
    return chosen;
  }

  private static List<Entry> pick(List<Entry> rows, boolean[] chosen, boolean wanted) {
    List<Entry> picked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (chosen[i] == wanted) {
        picked.add(rows.get(i));
      }
    }
    return picked;
  }

  /** Refuses to go on with bad rows unless the recipe says so, and with no rows at all. */
  Corpus requireUsable(Recipe.Data data) {
    if (!bad.isEmpty() && !data.skipBadRows()) {
      throw StudioException.badInput(
          badRowsSentence(),
          "Correct these rows, or set data.skip_bad_rows=true to start without them.");
    }
    if (train.isEmpty()) {
      throw StudioException.badInput(
          data.train() + " has no usable row.", "Check the file and data.format.");
    }
    return this;
  }

  /** How many rows are bad, and the first ten of them. */
  String badRowsSentence() {
    StringBuilder text = new StringBuilder();
    text.append(bad.size()).append(bad.size() == 1 ? " row cannot" : " rows cannot");
    text.append(" be used:");
    for (BadRow row : bad.subList(0, Math.min(LISTED, bad.size()))) {
      text.append("\n  ").append(row.file()).append(", line ").append(row.line()).append(": ");
      text.append(row.field().isEmpty() ? "" : row.field() + " ").append(row.reason());
    }
    int more = bad.size() - LISTED;
    return more > 0 ? text + "\n  and " + more + " more." : text.toString();
  }
}
