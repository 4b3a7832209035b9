package org.adapterstudio.engine.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Draft;
import org.adapterstudio.engine.model.network.TextWriter;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;

/** Answers token by token, each computed once thanks to a key-value cache. */
public final class Generator {
  private final AdaptedModel model;
  private final TextWriter writer;
  private final GenerationRules rules;
  private final Set<Integer> stopTokens;

  /** A generator that ends an answer at any of the stop tokens. */
  public Generator(AdaptedModel model, Set<Integer> stopTokens) {
    this.model = model;
    this.writer = model.writer();
    this.rules = GenerationRules.read(model.base().folder());
    this.stopTokens = stopTokens;
  }

  /**
   * A finished answer.
   *
   * @param ids new tokens, neither the stop token nor a fixed opening among them
   * @param reason stop_token, max_tokens, context_full, cancelled
   */
  public record Answer(List<Integer> ids, String reason) {}

  /** Continues a prompt of tokens, or answers it where an encoder reads it. */
  public Answer generate(
      int[] prompt,
      int maxTokens,
      Sampler sampler,
      IntConsumer onToken,
      BooleanSupplier cancelled) {
    if (!writer.reads()) {
      throw StudioException.badInput(
          model.base().folder() + " answers to sound, not to text.",
          "Use a model that reads text.");
    }
    return generate(Inputs.of(prompt), maxTokens, sampler, onToken, cancelled);
  }

  /**
   * Continues a prompt, or answers what an encoder reads.
   *
   * @param prompt one row
   * @param onToken hears every new token but the stop token
   * @param cancelled asked before each token
   */
  public Answer generate(
      Inputs prompt,
      int maxTokens,
      Sampler sampler,
      IntConsumer onToken,
      BooleanSupplier cancelled) {
    var answer = new ArrayList<Integer>();
    int room = writer.room(prompt) - model.weights().promptLength() - rules.opening().size();
    try (Scope owner = Kernels.get().inference()) {
      Draft draft = writer.begin(model.weights(), prompt, owner);
      long[] next = opened(draft);
      while (true) {
        if (cancelled.getAsBoolean()) {
          return new Answer(answer, "cancelled");
        }
        int token = sampler.choose(logits(draft, next, rules.opening().size() + answer.size()));
        if (stopTokens.contains(token)) {
          return new Answer(answer, "stop_token");
        }
        answer.add(token);
        onToken.accept(token);
        if (answer.size() >= maxTokens) {
          return new Answer(answer, "max_tokens");
        }
        if (answer.size() >= room) {
          return new Answer(answer, "context_full");
        }
        next = new long[] {token};
      }
    }
  }

  /** Writes the opening; the tokens that are to be followed by the answer's first. */
  private long[] opened(Draft draft) {
    var largest = Sampler.of(0, 1, 0);
    long[] next = draft.beginning();
    for (int position = 0; rules.opens(position); position++) {
      next = new long[] {largest.choose(logits(draft, next, position))};
    }
    return next;
  }

  private float[] logits(Draft draft, long[] tokens, int position) {
    float[] logits;
    try (Scope scope = Kernels.get().inference()) {
      var next = draft.next(Pass.still(scope, model.weights()), tokens);
      logits = scope.call("to_float32", next).toFloatArray();
    }
    float[] mask = rules.mask(position, logits.length);
    for (int i = 0; mask != null && i < logits.length; i++) {
      logits[i] += mask[i];
    }
    return logits;
  }
}
