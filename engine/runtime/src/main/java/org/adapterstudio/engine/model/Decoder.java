package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.adapterstudio.engine.kernel.Scope;

/**
 * A causal decoder of the Llama kind: RMS norm, rotary attention with grouped queries, gated SiLU.
 * Holds no arrays; every pass brings its weights.
 */
public final class Decoder {
  private final DecoderConfig config;
  private final String compute;
  private final Rotary rotary;
  private final Map<String, Linear> linears;

  /** A decoder of these sizes that computes in {@code compute}. */
  public Decoder(DecoderConfig config, String compute) {
    this.config = config;
    this.compute = compute;
    this.rotary = new Rotary(config);
    this.linears =
        config.linears().stream().collect(Collectors.toMap(Linear::module, Function.identity()));
  }

  /** Its sizes. */
  public DecoderConfig config() {
    return config;
  }

  /** What all layers of one pass share. */
  private record Frame(
      Pass pass,
      Rotary.Angles angles,
      Optional<NDArray> mask,
      boolean causal,
      KeyValueCache cache) {}

  /** Hidden states after the final norm [B, S, D]. */
  public NDArray hidden(Pass pass, Inputs in) {
    return hidden(pass, in, null, _ -> {});
  }

  /**
   * Hidden states after the final norm [B, S, D].
   *
   * @param cache takes and gives keys and values; null computes every position
   * @param tap hears each block's input, then the final normed state
   */
  public NDArray hidden(Pass pass, Inputs in, KeyValueCache cache, Consumer<NDArray> tap) {
    Scope scope = pass.scope();
    int past = cache == null ? 0 : cache.length();
    var mask = AttentionMask.of(scope, in, past, config.slidingWindow());
    boolean causal = mask.isEmpty() && in.length() > 1;
    var frame = new Frame(pass, rotary.angles(scope, in, past, compute), mask, causal, cache);
    NDArray ids = scope.longs(in.ids(), in.rows(), in.length());
    NDArray h = scope.call("embed", ids, pass.parameter(DecoderConfig.EMBEDDING));
    for (int layer = 0; layer < config.layers(); layer++) {
      tap.accept(h);
      h = block(frame, layer, h);
    }
    if (cache != null) {
      cache.advance(in.length());
    }
    NDArray normed = norm(pass, "model.norm.weight", h);
    tap.accept(normed);
    return normed;
  }

  /** Logits [..., V] of hidden states. */
  public NDArray logits(Pass pass, NDArray hidden) {
    return pass.linear(linears.get(DecoderConfig.HEAD), hidden);
  }

  /** A sum of token losses and how many tokens it is over; null loss where there are none. */
  public record Loss(NDArray sum, int tokens) {}

  /**
   * Sum of the cross-entropy over every position whose next token's label is not -100. Logits are
   * computed at those positions only.
   *
   * @param labels [B, S], -100 where not trained; shifted here, as in the reference
   */
  public Loss loss(Pass pass, Inputs in, long[] labels) {
    var picked = Targets.of(in, labels);
    if (picked.rows().length == 0) {
      return new Loss(null, 0);
    }
    Scope scope = pass.scope();
    NDArray hidden = hidden(pass, in);
    NDArray rows =
        scope.call("pick_rows", hidden, scope.longs(picked.rows(), picked.rows().length));
    NDArray logits = logits(pass, rows);
    NDArray wanted = scope.longs(picked.labels(), picked.labels().length);
    return new Loss(scope.call("cross_entropy_sum", logits, wanted), picked.rows().length);
  }

  private NDArray block(Frame frame, int layer, NDArray h) {
    Scope scope = frame.pass().scope();
    String prefix = "model.layers." + layer + ".";
    NDArray normed = norm(frame.pass(), prefix + "input_layernorm.weight", h);
    h = scope.call("add", h, attention(frame, layer, prefix + "self_attn.", normed));
    normed = norm(frame.pass(), prefix + "post_attention_layernorm.weight", h);
    return scope.call("add", h, mlp(frame.pass(), prefix + "mlp.", normed));
  }

  private NDArray attention(Frame frame, int layer, String prefix, NDArray x) {
    Scope scope = frame.pass().scope();
    NDArray like = frame.angles().cos();
    NDArray q = scope.call("heads", linear(frame.pass(), prefix + "q_proj", x), like);
    NDArray k = scope.call("heads", linear(frame.pass(), prefix + "k_proj", x), like);
    NDArray v = scope.call("heads", linear(frame.pass(), prefix + "v_proj", x), like);
    q = scope.call("rotate", q, like, frame.angles().sin());
    k = scope.call("rotate", k, like, frame.angles().sin());
    if (frame.cache() != null) {
      k = frame.cache().keys(scope, layer, k);
      v = frame.cache().values(scope, layer, v);
    }
    return linear(frame.pass(), prefix + "o_proj", attend(frame, q, k, v));
  }

  private NDArray attend(Frame frame, NDArray q, NDArray k, NDArray v) {
    Scope scope = frame.pass().scope();
    NDArray scale = scope.scalar(1.0 / Math.sqrt(config.headSize()));
    if (frame.mask().isPresent()) {
      return scope.call("attend_masked", q, k, v, frame.mask().get(), scale);
    }
    return scope.call(frame.causal() ? "attend_causal" : "attend_all", q, k, v, scale);
  }

  private NDArray mlp(Pass pass, String prefix, NDArray x) {
    NDArray gate = linear(pass, prefix + "gate_proj", x);
    NDArray up = linear(pass, prefix + "up_proj", x);
    return linear(pass, prefix + "down_proj", pass.scope().call("gated_silu", gate, up));
  }

  private NDArray linear(Pass pass, String module, NDArray x) {
    return pass.linear(linears.get(module), x);
  }

  private NDArray norm(Pass pass, String name, NDArray h) {
    Scope scope = pass.scope();
    return scope.call("rms_norm", h, pass.parameter(name), scope.scalar(config.normEps()));
  }
}
