package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.LabelledTexts;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/**
 * Predicting hidden tokens from both sides (arXiv:1810.04805): 15 % of the tokens are chosen, of
 * which 80 % become the mask token, 10 % a random one and 10 % stay; the others are not trained.
 * Held-out rows are always hidden at the same places.
 */
public final class MaskedLanguage implements Task {
  private static final double CHOSEN = 0.15;
  private static final double MASKED = 0.8;
  private static final double RANDOM = 0.1;
  private static final List<String> MASKS = List.of("[MASK]", "<mask>");

  @Override
  public boolean suits(Network network) {
    return network.headKind().equals(Optional.of(Purpose.Head.MASKED_LANGUAGE));
  }

  @Override
  public Lesson lesson(Recipe recipe, Path model, LoadProgress progress) {
    Tokenizer tokenizer = Tokenizer.load(model);
    try {
      var encoding = new TextEncoding(tokenizer, recipe.data().maxLength());
      EncodedTexts texts =
          EncodedTexts.read(recipe, encoding, LabelledTexts::unlabelled, progress)
              .requireUsable(recipe.data());
      var hiding = Hiding.of(tokenizer, recipe.training().seed());
      var batches =
          Batching.of(
              texts.split(),
              recipe.training(),
              (rows, index) -> hiding.rows(encoding, rows, index));
      return new Hidden(tokenizer, texts, batches);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress) {
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      var encoding = new TextEncoding(tokenizer, recipe.data().maxLength());
      return EncodedTexts.read(recipe, encoding, LabelledTexts::unlabelled, progress)
          .preview("text", recipe.data(), rows);
    }
  }

  /** Which tokens are hidden and how. */
  private record Hiding(int mask, Set<Integer> special, int vocabulary, long seed) {
    static Hiding of(Tokenizer tokenizer, long seed) {
      Map<String, Integer> ids = tokenizer.specials().ids();
      int mask =
          MASKS.stream()
              .filter(ids::containsKey)
              .map(ids::get)
              .findFirst()
              .orElseThrow(
                  () ->
                      StudioException.badInput(
                          tokenizer.folder() + ": the tokenizer has no mask token.",
                          "Choose a base that was made with hidden words, such as BERT."));
      var special = ids.values().stream().collect(Collectors.toUnmodifiableSet());
      return new Hiding(mask, special, tokenizer.vocabularySize(), seed);
    }

    Rows rows(TextEncoding encoding, List<EncodedTexts.Row> rows, long index) {
      Tokens tokens = encoding.join(rows.stream().map(EncodedTexts.Row::text).toList());
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom")
              .create(new Draw(seed, 0, index).seedFor("input", "mask"));
      long[] labels = new long[tokens.ids().length];
      Arrays.fill(labels, -100);
      for (int i = 0; i < labels.length; i++) {
        boolean real = tokens.attention() == null || tokens.attention()[i] == 1;
        if (real && !special.contains((int) tokens.ids()[i]) && random.nextDouble() < CHOSEN) {
          labels[i] = tokens.ids()[i];
          tokens.ids()[i] = shown(tokens.ids()[i], random);
        }
      }
      int[] lines = rows.stream().mapToInt(row -> row.source().line()).toArray();
      return new Rows(Inputs.of(tokens), labels, lines);
    }

    private long shown(long id, RandomGenerator random) {
      double point = random.nextDouble();
      if (point < MASKED) {
        return mask;
      }
      return point < MASKED + RANDOM ? random.nextInt(vocabulary) : id;
    }
  }

  private record Hidden(Tokenizer tokenizer, EncodedTexts texts, Batching<EncodedTexts.Row> batches)
      implements Lesson {
    @Override
    public Purpose purpose() {
      return new Purpose(Purpose.Head.MASKED_LANGUAGE, List.of());
    }

    @Override
    public Extent extent() {
      return texts.extent(batches.order().perEpoch());
    }

    @Override
    public Rows microBatch(long index) {
      return batches.microBatch(index);
    }

    @Override
    public Rows heaviest() {
      return batches.heaviest(row -> row.text().ids().length);
    }

    @Override
    public Optional<Measure> evaluate(AdaptedModel model) {
      return Trainer.evaluate(model, batches.heldOut()).map(Measure::of);
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }
}
