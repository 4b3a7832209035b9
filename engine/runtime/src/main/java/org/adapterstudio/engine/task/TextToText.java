package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.AnsweredTexts;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.data.Split;
import org.adapterstudio.engine.data.Transcripts;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;

/** Writing a text for each text: translation, summary, answer (arXiv:1910.10683). */
public final class TextToText implements Task {
  @Override
  public boolean suits(Network network) {
    return network instanceof EncoderDecoder model && model.reads();
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    EncoderDecoder network = WrittenAnswers.network(model, true);
    Tokenizer tokenizer = Tokenizer.load(model);
    try {
      int maxLength = recipe.data().maxLength();
      var encoding = new TextEncoding(tokenizer, maxLength);
      var transcripts = new Transcripts(tokenizer, network.startToken(), maxLength);
      EncodedTexts texts =
          EncodedTexts.read(recipe, encoding, AnsweredTexts::read, progress)
              .requireUsable(recipe.data());
      var split =
          new Split<>(
              pairs(texts.split().train(), transcripts), pairs(texts.split().eval(), transcripts));
      var batches = Batching.of(split, recipe.training(), (pairs, _) -> collate(encoding, pairs));
      int cut = (int) split.train().stream().filter(Pair::cut).count();
      var extent =
          new Lesson.Extent(
              split.train().size(),
              split.eval().size(),
              cut,
              batches.order().perEpoch(),
              texts.bad());
      return new WrittenAnswers<>(tokenizer, extent, batches, kind(encoding));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      var encoding = new TextEncoding(tokenizer, recipe.data().maxLength());
      return EncodedTexts.read(recipe, encoding, AnsweredTexts::read, progress)
          .preview("text_to_text", recipe.data(), rows);
    }
  }

  /** A source and its target, both encoded. */
  private record Pair(EncodedTexts.Row source, Transcripts.Said target) {
    boolean cut() {
      return source.text().cut() || target.fullLength() > target.ids().length;
    }
  }

  private static List<Pair> pairs(List<EncodedTexts.Row> rows, Transcripts transcripts) {
    return rows.stream()
        .map(row -> new Pair(row, transcripts.encode(row.source().label())))
        .toList();
  }

  private static Rows collate(TextEncoding encoding, List<Pair> pairs) {
    var sources = encoding.join(pairs.stream().map(pair -> pair.source().text()).toList());
    long[] labels = Transcripts.labels(pairs.stream().map(Pair::target).toList());
    int[] lines = pairs.stream().mapToInt(pair -> pair.source().source().line()).toArray();
    return new Rows(Inputs.of(sources), labels, lines);
  }

  private static WrittenAnswers.Kind<Pair> kind(TextEncoding encoding) {
    return new WrittenAnswers.Kind<>(
        pair -> Inputs.of(encoding.join(List.of(pair.source().text()))),
        pair -> pair.source().source().label(),
        Pair::target,
        prompt -> Inputs.of(encoding.join(List.of(encoding.encode(prompt, null)))),
        answers -> Map.of("exact_match", TextScores.exactMatch(answers)));
  }
}
