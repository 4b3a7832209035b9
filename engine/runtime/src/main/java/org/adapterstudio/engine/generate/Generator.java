package org.adapterstudio.engine.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.KeyValueCache;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/** Answers token by token, each computed once thanks to a key-value cache. */
public final class Generator {
  private final AdaptedModel model;
  private final Set<Integer> stopTokens;

  /** A generator that ends an answer at any of the stop tokens. */
  public Generator(AdaptedModel model, Set<Integer> stopTokens) {
    this.model = model;
    this.stopTokens = stopTokens;
  }

  /**
   * A finished answer.
   *
   * @param ids new tokens, the stop token not among them
   * @param reason stop_token, max_tokens, context_full, cancelled
   */
  public record Answer(List<Integer> ids, String reason) {}

  /**
   * Continues a prompt.
   *
   * @param onToken hears every new token but the stop token
   * @param cancelled asked before each token
   */
  public Answer generate(
      int[] prompt,
      int maxTokens,
      Sampler sampler,
      IntConsumer onToken,
      BooleanSupplier cancelled) {
    int context = model.base().network().sizes().contextLength();
    if (prompt.length == 0 || prompt.length >= context) {
      throw StudioException.badInput(
          "The prompt has "
              + prompt.length
              + " tokens; this model takes 1 to "
              + (context - 1)
              + ".",
          "Use a shorter prompt.");
    }
    var answer = new ArrayList<Integer>();
    try (var cache =
        new KeyValueCache(model.base().network().sizes().layers(), Kernels.get().inference())) {
      int[] next = prompt;
      while (true) {
        if (cancelled.getAsBoolean()) {
          return new Answer(answer, "cancelled");
        }
        int token = sampler.choose(lastLogits(next, cache));
        if (stopTokens.contains(token)) {
          return new Answer(answer, "stop_token");
        }
        answer.add(token);
        onToken.accept(token);
        if (answer.size() >= maxTokens) {
          return new Answer(answer, "max_tokens");
        }
        if (cache.length() + 1 >= context) {
          return new Answer(answer, "context_full");
        }
        next = new int[] {token};
      }
    }
  }

  private float[] lastLogits(int[] tokens, KeyValueCache cache) {
    try (Scope scope = Kernels.get().inference()) {
      long[] ids = java.util.Arrays.stream(tokens).asLongStream().toArray();
      Pass pass = Pass.still(scope, model.weights());
      NDArray hidden = model.language().hidden(pass, Tokens.of(ids, 1), cache, _ -> {});
      NDArray last =
          scope.call("pick_rows", hidden, scope.longs(new long[] {tokens.length - 1}, 1));
      NDArray logits = model.language().logits(pass, last);
      return scope.call("to_float32", logits).toFloatArray();
    }
  }
}
