package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Frame;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.KeyValueCache;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Prompt;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;

/** A decoder that predicts each next token from the ones before it. */
public record CausalLanguageModel(
    Sizes sizes, TokenEmbedding embedding, Stack stack, LanguageHead head) implements TextWriter {
  @Override
  public Inventory inventory() {
    return Inventory.of(embedding, stack, head);
  }

  @Override
  public List<Linear> heads() {
    return List.of(head.output());
  }

  /**
   * Hidden states after the final norm [B, S, D].
   *
   * @param cache takes and gives keys and values; null computes every position
   * @param tap hears each block's input, then the final normed state
   */
  public NDArray hidden(Pass pass, Tokens in, KeyValueCache cache, Consumer<NDArray> tap) {
    boolean begins = cache == null || cache.length() == 0;
    Tokens rows = begins ? after(pass.weights(), in) : in;
    int before = begins ? pass.weights().promptLength() - words(pass.weights()) : 0;
    Frame frame = Frame.causal(pass, rows, cache, before);
    Pass reading = pass.read().isPresent() ? pass : pass.reading(rows);
    NDArray h = stack.forward(reading, frame, embedding.of(reading, rows, frame.past()), tap);
    if (cache != null) {
      cache.advance(rows.length() + before);
    }
    return h;
  }

  /** Places before the words that have outputs of their own. */
  private static int words(Weights weights) {
    return weights.prompt().map(Prompt::words).orElse(0);
  }

  private static Tokens after(Weights weights, Tokens in) {
    return in.after(words(weights));
  }

  /** Hidden states after the final norm [B, S, D]. */
  public NDArray hidden(Pass pass, Tokens in) {
    return hidden(pass, in, null, _ -> {});
  }

  /** Logits [..., V] of hidden states. */
  public NDArray logits(Pass pass, NDArray hidden) {
    return head.logits(pass, hidden);
  }

  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    var outputs = new LinkedHashMap<String, NDArray>();
    NDArray h = hidden(pass, in.tokens(), null, state -> tap.hear("hidden_states", state));
    outputs.put("logits", logits(pass, h));
    return outputs;
  }

  /** Logits are computed at the positions that count only. */
  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    var picked = picked(pass.weights(), in, labels);
    if (picked.count() == 0) {
      return new Loss(null, 0);
    }
    Scope scope = pass.scope();
    NDArray hidden = hidden(pass, in.tokens());
    NDArray rows = scope.call("pick_rows", hidden, scope.longs(picked.rows(), picked.count()));
    NDArray wanted = scope.longs(picked.labels(), picked.count());
    return new Loss(head.loss(pass, rows, wanted), picked.count());
  }

  /** Behind a prompt the first token, too, is predicted from what stands before it. */
  private static Targets picked(Weights weights, Inputs in, long[] labels) {
    int places = words(weights);
    long[] all = in.tokens().extended(labels, places, Targets.IGNORED);
    return Targets.next(after(weights, in.tokens()), all);
  }

  @Override
  public int targets(Weights weights, Inputs in, long[] labels) {
    return picked(weights, in, labels).count();
  }

  @Override
  public boolean reads() {
    return true;
  }

  @Override
  public int room(Inputs prompt) {
    return sizes.contextLength() - prompt.tokens().length();
  }

  @Override
  public Draft begin(Weights weights, Inputs prompt, Scope owner) {
    Tokens in = prompt.tokens();
    int most = sizes.contextLength() - weights.promptLength() - 1;
    if (in.length() == 0 || in.length() > most) {
      throw StudioException.badInput(
          "The prompt has %d tokens; this model takes 1 to %d.".formatted(in.length(), most),
          "Use a shorter prompt.");
    }
    return new Answers(in, new KeyValueCache(stack.blocks().size(), owner));
  }

  /** Rows that are continued. */
  private final class Answers implements Draft {
    private final Tokens prompt;
    private final KeyValueCache cache;
    private Tokens read;

    private Answers(Tokens prompt, KeyValueCache cache) {
      this.prompt = prompt;
      this.cache = cache;
    }

    @Override
    public long[] beginning() {
      return prompt.ids();
    }

    @Override
    public NDArray next(Pass pass, long[] tokens) {
      Tokens in = Tokens.of(tokens, prompt.rows());
      read = read == null ? in : read.then(in);
      NDArray h = hidden(pass.reading(read), in, cache, _ -> {});
      return logits(pass, pass.scope().call("last_position", h));
    }
  }

  @Override
  public Inputs probe() {
    return Inputs.of(Tokens.probe(Math.min(32, sizes.contextLength()), sizes.vocabulary()));
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return Targets.next(in.tokens(), labels).count();
  }
}
