package org.adapterstudio.engine.plan;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import org.adapterstudio.contract.method.CountFormula;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.WholeParameters;
import org.adapterstudio.engine.model.DecoderConfig;
import org.adapterstudio.engine.model.Linear;

/** What a recipe will need, from the config alone: nothing is loaded. All sizes in bytes. */
public final class Planner {
  private static final long FLOAT = 4;

  /** JVM, LibTorch and their caches, measured on an idle engine. */
  private static final long RESERVE = 380L << 20;

  /** Bytes that a thousand steps of events take, spectra included. */
  private static final long EVENTS_PER_STEP = 2_000;

  private Planner() {}

  /** Trained numbers by the card's formula, plus modules trained whole. */
  public static long trainable(Recipe.Adapter settings, DecoderConfig config) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    if (card.can(MethodCard.Capability.REPLACES_BASE)) {
      return total(config);
    }
    long count = 0;
    var targeted = new HashSet<String>();
    for (Linear site : TargetSelection.of(settings, config)) {
      targeted.add(site.module());
      Map<String, Long> sizes =
          Map.of(
              "r", (long) TargetSelection.rank(settings, site),
              "in", (long) site.in(),
              "out", (long) site.out());
      count += CountFormula.evaluate(card.trainable(), sizes);
    }
    var whole = WholeParameters.of(settings, config, targeted);
    return count + whole.values().stream().mapToLong(Planner::size).sum();
  }

  /** Parameters of the base, tied ones once. */
  public static long total(DecoderConfig config) {
    return config.parameters().values().stream().mapToLong(Planner::size).sum();
  }

  /** Peak memory of training, by part. */
  public static Reply.Memory memory(Recipe recipe, DecoderConfig config) {
    long trained = trainable(recipe.adapter(), config);
    long width = recipe.model().dtype().equals("float32") ? 4 : 2;
    return new Reply.Memory(
        total(config) * width,
        trained * FLOAT,
        trained * FLOAT,
        2 * trained * FLOAT,
        activations(recipe, config),
        RESERVE);
  }

  /** What the run writes: checkpoints at their limit, one being written, result and events. */
  public static long diskBytes(Recipe recipe) {
    DecoderConfig config = DecoderConfig.read(Path.of(recipe.model().path()));
    long trained = trainable(recipe.adapter(), config) * FLOAT;
    int steps = recipe.training().maxSteps() > 0 ? recipe.training().maxSteps() : 10_000;
    return 3 * trained * (recipe.training().saveTotalLimit() + 2L)
        + trained
        + EVENTS_PER_STEP * steps;
  }

  /**
   * Activations kept for the backward pass of one micro-batch, without recomputation: per token and
   * layer the inputs of both norms, of every linear, of attention and of the gate, then the head's
   * logits with their gradient.
   */
  private static long activations(Recipe recipe, DecoderConfig config) {
    long tokens =
        (long) recipe.training().perDeviceTrainBatchSize()
            * Math.min(recipe.data().maxLength(), config.contextLength());
    long hidden = config.hiddenSize();
    long heads = (long) config.headSize() * (config.heads() + 2L * config.keyValueHeads());
    long perLayer = 9 * hidden + 3 * heads + 5L * config.intermediateSize();
    long head = 3L * config.vocabularySize();
    return tokens * FLOAT * (perLayer * config.layers() + head);
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
