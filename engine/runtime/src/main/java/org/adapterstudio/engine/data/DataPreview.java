package org.adapterstudio.engine.data;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.recipe.Problem;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/** The data as training would see it, with everything worth a second look. */
public final class DataPreview {
  private DataPreview() {}

  /**
   * Reads all rows, renders the first ones.
   *
   * @param template null where model and recipe have none
   * @param rows how many to render
   */
  public static Reply.DataPreviewed of(
      Recipe recipe, Tokenizer tokenizer, ChatTemplate template, int rows) {
    return of(recipe, tokenizer, template, rows, LoadProgress.NONE);
  }

  /** The same with progress. */
  public static Reply.DataPreviewed of(
      Recipe recipe, Tokenizer tokenizer, ChatTemplate template, int rows, LoadProgress progress) {
    Encoder encoder = new Encoder(tokenizer, template, recipe.data().maxLength());
    Corpus corpus = Corpus.read(recipe, encoder, progress);
    Set<IntBuffer> seen = new HashSet<>();
    int duplicates = 0;
    for (Corpus.Entry entry : corpus.train()) {
      duplicates += seen.add(entry.row().key()) ? 0 : 1;
    }
    int leaked = (int) corpus.eval().stream().filter(e -> seen.contains(e.row().key())).count();
    int cut = (int) corpus.train().stream().filter(e -> e.row().cut()).count();
    return new Reply.DataPreviewed(
        corpus.format(),
        corpus.columns(),
        corpus.train().size(),
        corpus.eval().size(),
        corpus.train().stream().map(e -> e.row().fullLength()).toList(),
        cut,
        duplicates,
        leaked,
        corpus.bad(),
        corpus.train().stream().limit(rows).map(e -> rendered(e, encoder)).toList(),
        problems(recipe.data(), corpus, cut, duplicates, leaked));
  }

  private static Reply.RenderedRow rendered(Corpus.Entry entry, Encoder encoder) {
    return new Reply.RenderedRow(
        entry.row().line(),
        entry.row().fullLength(),
        Pieces.of(encoder.tokens(entry.example()), entry.row().ids().length));
  }

  private static List<Problem> problems(
      Recipe.Data data, Corpus corpus, int cut, int duplicates, int leaked) {
    List<Problem> problems = new ArrayList<>();
    if (!corpus.bad().isEmpty() && !data.skipBadRows()) {
      problems.add(new Problem("data.skip_bad_rows", BadRows.sentence(corpus.bad())));
    }
    if (corpus.train().isEmpty()) {
      problems.add(new Problem("data.train", "There is no usable row to learn from."));
    }
    if (cut > 0) {
      problems.add(
          new Problem(
              "data.max_length",
              cut
                  + " of "
                  + corpus.train().size()
                  + " rows are longer than "
                  + data.maxLength()
                  + " tokens and are cut."));
    }
    if (duplicates > 0) {
      problems.add(new Problem("data.train", duplicates + " rows are equal to an earlier row."));
    }
    if (leaked > 0) {
      problems.add(
          new Problem(
              "data.eval",
              leaked + " held-out rows also stand in training, so evaluation looks too good."));
    }
    if (corpus.eval().isEmpty()) {
      problems.add(
          new Problem("data.eval_fraction", "No row is held out, so there is no evaluation."));
    }
    return problems;
  }
}
