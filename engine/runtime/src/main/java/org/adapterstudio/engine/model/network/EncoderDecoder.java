package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Frame;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Memory;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.KeyValueCache;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Targets;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;

/**
 * An encoder that reads text or sound, and a decoder that looks at its states while it writes.
 *
 * @param startToken that every answer begins with
 * @param padding that stands in for what is not trained when labels become the decoder's input
 * @param longest positions the decoder has; 0 is unlimited
 */
public record EncoderDecoder(
    Sizes sizes,
    Source source,
    Stack encoder,
    TokenEmbedding embedding,
    Stack decoder,
    LanguageHead head,
    int startToken,
    int padding,
    int longest)
    implements TextWriter {
  @Override
  public Inventory inventory() {
    return Inventory.of(source, encoder, embedding, decoder, head);
  }

  @Override
  public List<Linear> heads() {
    return List.of(head.output());
  }

  /**
   * What the decoder is given to predict labels from: each row one to the right, behind the start
   * token, with padding where a label is not trained.
   *
   * @param labels [rows, S]
   */
  public Tokens shifted(long[] labels, int rows) {
    int length = labels.length / rows;
    long[] ids = new long[labels.length];
    for (int i = 0; i < ids.length; i++) {
      long before = i % length == 0 ? startToken : labels[i - 1];
      ids[i] = before == Targets.IGNORED ? padding : before;
    }
    return Tokens.of(ids, rows);
  }

  @Override
  public SequencedMap<String, NDArray> outputs(Pass pass, Inputs in, Tap tap) {
    if (in.decoder() == null) {
      throw StudioException.badInput(
          "The inputs have no decoder_input_ids.",
          "Give them, or labels that they can be made of.");
    }
    NDArray states = encoded(pass, in, state -> tap.hear("encoder_hidden_states", state));
    Consumer<NDArray> heard = state -> tap.hear("decoder_hidden_states", state);
    var outputs = new LinkedHashMap<String, NDArray>();
    outputs.put("logits", head.logits(pass, decoded(pass, in, states, heard)));
    outputs.put("encoder_last_hidden_state", states);
    return outputs;
  }

  /** Labels are what each of the decoder's positions must predict; they are not shifted. */
  @Override
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    var picked = Targets.own(labels);
    if (picked.count() == 0) {
      return new Loss(null, 0);
    }
    Inputs whole = in.decoder() == null ? in.decoding(shifted(labels, in.rows())) : in;
    Scope scope = pass.scope();
    NDArray states = pass.shared(encoded(pass, whole, _ -> {}));
    NDArray hidden = decoded(pass, whole, states, _ -> {});
    NDArray rows = scope.call("pick_rows", hidden, scope.longs(picked.rows(), picked.count()));
    NDArray wanted = scope.longs(picked.labels(), picked.count());
    return new Loss(head.loss(pass, rows, wanted), picked.count());
  }

  @Override
  public int targets(Inputs in, long[] labels) {
    return Targets.own(labels).count();
  }

  @Override
  public Inputs probe() {
    int length = longest == 0 ? 8 : Math.min(8, longest);
    return source.probe().decoding(Tokens.probe(length, sizes.vocabulary()));
  }

  @Override
  public boolean reads() {
    return source instanceof Source.Text;
  }

  @Override
  public int room(Inputs prompt) {
    return longest == 0 ? Integer.MAX_VALUE : longest - 1;
  }

  @Override
  public Draft begin(Weights weights, Inputs prompt, Scope owner) {
    try (Scope scope = Kernels.get().inference()) {
      NDArray states = encoded(Pass.still(scope, weights), prompt, _ -> {});
      var memory = Memory.lasting(owner, states, source.padding(prompt));
      return new Answers(prompt.rows(), memory, new KeyValueCache(decoder.blocks().size(), owner));
    }
  }

  /** Positions that the encoder computes for one example. */
  public int read(Inputs in) {
    return source.positions(in);
  }

  /** The encoder's last state [B, T, D]. */
  private NDArray encoded(Pass pass, Inputs in, Consumer<NDArray> tap) {
    Frame frame = Frame.open(pass.scope(), source.padding(in), compute(pass));
    return encoder.forward(pass, frame, source.stream(pass, in), tap);
  }

  private NDArray decoded(Pass pass, Inputs in, NDArray states, Consumer<NDArray> tap) {
    var memory = Memory.passing(pass.scope(), states, source.padding(in));
    return decoded(pass, in.decoder(), null, memory, tap);
  }

  /** The decoder's last state [B, S, D]. */
  private NDArray decoded(
      Pass pass, Tokens in, KeyValueCache cache, Memory memory, Consumer<NDArray> tap) {
    int past = cache == null ? 0 : cache.length();
    Frame frame = Frame.decoding(pass, in, cache, memory);
    NDArray h = decoder.forward(pass, frame, embedding.of(pass, in, past), tap);
    if (cache != null) {
      cache.advance(in.length());
    }
    return h;
  }

  private static String compute(Pass pass) {
    return pass.weights().base().compute();
  }

  /** Answers of the decoder to what the encoder read once. */
  private final class Answers implements Draft {
    private final int rows;
    private final Memory memory;
    private final KeyValueCache cache;

    private Answers(int rows, Memory memory, KeyValueCache cache) {
      this.rows = rows;
      this.memory = memory;
      this.cache = cache;
    }

    @Override
    public long[] beginning() {
      long[] start = new long[rows];
      java.util.Arrays.fill(start, startToken);
      return start;
    }

    @Override
    public NDArray next(Pass pass, long[] tokens) {
      NDArray hidden = decoded(pass, Tokens.of(tokens, rows), cache, memory, _ -> {});
      return head.logits(pass, pass.scope().call("last_position", hidden));
    }
  }
}
