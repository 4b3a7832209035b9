package org.adapterstudio.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply.BadRow;
import org.adapterstudio.engine.tokenizer.Segments;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Texts or pairs of texts of a run, each with its class, encoded once.
 *
 * @param labels the classes, in the order of their numbers
 * @param batches of the texts
 * @param cutRows training rows that lost tokens to the length limit
 * @param skipped rows that were left out because the recipe skips bad ones
 */
public record LabelledTextDataset(
    Labels labels, RowBatches<LabelledBatch> batches, int cutRows, List<BadRow> skipped) {
  /** One row as tokens. */
  private record Encoded(int line, Segments tokens, int label, boolean cut) {}

  /**
   * Reads and encodes the rows of a recipe's data section: a column {@code text} (or {@code
   * sentence}), a column {@code label}, and for pairs {@code text_pair} (or {@code sentence2}).
   *
   * @param known the model's classes; null where the data says which there are
   */
  public static LabelledTextDataset load(
      Recipe recipe, Tokenizer tokenizer, Labels known, LoadProgress listener) {
    Recipe.Data data = recipe.data();
    BatchOrder.requireSize(recipe.training());
    if (data.train() == null || data.train().isBlank()) {
      throw StudioException.badInput(
          "The recipe names no training file (data.train).", "Choose a data file.");
    }
    LabelledTexts train = LabelledTexts.read(Path.of(data.train()), data);
    boolean own = data.eval() != null && !data.eval().isBlank();
    LabelledTexts held = own ? LabelledTexts.read(Path.of(data.eval()), data) : null;
    var bad = new ArrayList<>(train.bad());
    Labels labels =
        known == null
            ? Labels.of(train.rows().stream().map(LabelledTexts.Row::label).toList())
            : known;
    var progress = new Progress(listener, train.rows().size() + (own ? held.rows().size() : 0L));
    var encoder = new RowEncoder(tokenizer, labels, data.maxLength(), bad, progress);
    List<Encoded> rows = encoder.all(train);
    Split<Encoded> split;
    if (own) {
      bad.addAll(held.bad());
      split = new Split<>(rows, encoder.all(held));
    } else {
      split = Split.of(rows, data.evalFraction(), recipe.training().seed());
    }
    BadRows.requireUsable(data, bad, split.train().size());
    labels.requireSeveral(data.train());
    int cut = (int) split.train().stream().filter(Encoded::cut).count();
    int pad = tokenizer.specials().padId();
    var batches = RowBatches.of(split, recipe.training(), some -> join(some, pad));
    return new LabelledTextDataset(labels, batches, cut, List.copyOf(bad));
  }

  /** Turns rows into tokens; those that cannot be used are added to the bad ones. */
  private record RowEncoder(
      Tokenizer tokenizer, Labels labels, int maxLength, List<BadRow> bad, Progress progress) {
    List<Encoded> all(LabelledTexts texts) {
      var encoded = new ArrayList<Encoded>();
      for (LabelledTexts.Row row : texts.rows()) {
        try {
          encoded.add(one(row));
        } catch (RowRefused refused) {
          String file = texts.file().toString();
          bad.add(new BadRow(file, row.line(), refused.field(), refused.getMessage()));
        }
        progress.step();
      }
      return encoded;
    }

    private Encoded one(LabelledTexts.Row row) {
      int label = labels.number(row.label(), "label");
      Segments whole = tokenizer.encodeSegments(row.text(), row.pair());
      boolean cut = whole.ids().length > maxLength;
      Segments kept = cut ? whole.cut(maxLength) : whole;
      if (Arrays.stream(kept.special()).allMatch(special -> special == 1)) {
        throw new RowRefused("", "has no token of its text within data.max_length " + maxLength);
      }
      return new Encoded(row.line(), kept, label, cut);
    }
  }

  private static LabelledBatch join(List<Encoded> rows, int pad) {
    int length = rows.stream().mapToInt(row -> row.tokens().ids().length).max().orElse(0);
    int cells = Math.multiplyExact(rows.size(), length);
    var batch =
        new LabelledBatch(
            rows.size(),
            length,
            new long[cells],
            new long[cells],
            new long[cells],
            rows.stream().mapToLong(Encoded::label).toArray(),
            rows.stream().mapToInt(Encoded::line).toArray());
    Arrays.fill(batch.inputIds(), pad);
    for (int r = 0; r < rows.size(); r++) {
      Segments tokens = rows.get(r).tokens();
      for (int i = 0; i < tokens.ids().length; i++) {
        batch.inputIds()[r * length + i] = tokens.ids()[i];
        batch.attentionMask()[r * length + i] = 1;
        batch.tokenTypeIds()[r * length + i] = tokens.types()[i];
      }
    }
    return batch;
  }
}
