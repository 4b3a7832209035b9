package org.adapterstudio.engine.model.family;

import java.util.ArrayList;
import java.util.Optional;
import org.adapterstudio.engine.model.part.Activation;
import org.adapterstudio.engine.model.part.Attention;
import org.adapterstudio.engine.model.part.Block;
import org.adapterstudio.engine.model.part.CrossAttention;
import org.adapterstudio.engine.model.part.Mlp;
import org.adapterstudio.engine.model.part.Norm;
import org.adapterstudio.engine.model.part.Projections;
import org.adapterstudio.engine.model.part.RelativeBias;
import org.adapterstudio.engine.model.part.Residual;
import org.adapterstudio.engine.model.part.Rotary;
import org.adapterstudio.engine.model.part.SelfAttention;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.pass.Linear;

/** Builds a stack of layers from a family's spec and a config. */
final class StackBuilder {
  /** A config can name any number; each layer takes memory before a weight is looked for. */
  private static final int MOST_LAYERS = 2000;

  private final Settings settings;
  private final int hidden;
  private final int heads;
  private final int keyValueHeads;
  private final int headSize;
  private final int intermediate;
  private final Windows windows;

  StackBuilder(Settings settings) {
    this.settings = settings;
    this.hidden = settings.size("hidden");
    this.heads = settings.size("heads");
    this.keyValueHeads = settings.size("key_value_heads", heads);
    this.headSize = settings.size("head_size", hidden / heads);
    this.intermediate = settings.size("intermediate", 4 * hidden);
    this.windows = Windows.of(settings);
    if (settings.absent("head_size") && hidden % heads != 0) {
      throw settings.wrong(settings.field("heads"), "must divide the hidden size of " + hidden);
    }
    if (heads % keyValueHeads != 0) {
      throw settings.wrong(
          settings.field("key_value_heads"), "must divide the " + heads + " attention heads");
    }
  }

  int heads() {
    return heads;
  }

  int keyValueHeads() {
    return keyValueHeads;
  }

  int headSize() {
    return headSize;
  }

  int intermediate() {
    return intermediate;
  }

  Stack stack() {
    var blocks = new ArrayList<Block>();
    int layers = settings.size("layers");
    if (layers > MOST_LAYERS) {
      throw settings.wrong(settings.field("layers"), "is " + layers + ", which no network has");
    }
    for (int layer = 0; layer < layers; layer++) {
      blocks.add(block(layer));
    }
    boolean normed = beforeOrAfter().equals("before");
    Optional<Norm> last = normed ? norm("final_norm", "", hidden, -1) : Optional.empty();
    int width = settings.size("embedding_size", hidden);
    Optional<Linear> projection =
        width == hidden
            ? Optional.empty()
            : Optional.of(Linear.of(settings.name("project_out"), hidden, width, false, -1));
    return new Stack(blocks, last, projection);
  }

  private Block block(int layer) {
    String at = settings.name("block", layer).orElseThrow() + ".";
    return new Block(
        norms("attention", at, layer),
        attention(layer, at),
        cross(layer, at),
        norms("mlp", at, layer),
        mlp(layer, at),
        settings.flag("parallel"));
  }

  private SelfAttention attention(int layer, String at) {
    Linear output = linear("output", at, heads * headSize, hidden, "output_bias", layer);
    if (settings.text("attention", "plain").equals("disentangled")) {
      return DisentangledSettings.of(settings, separate(layer, at), output, headSize, at);
    }
    return plain(layer, at, output);
  }

  private Attention plain(int layer, String at, Linear output) {
    double scale = 1 / Math.sqrt(settings.number("query_scalar", headSize));
    if (settings.flag("scale_by_layer")) {
      scale /= layer + 1;
    }
    var shape =
        new Attention.Shape(
            heads,
            keyValueHeads,
            headSize,
            settings.number("attention_scale", scale),
            settings.number("attention_soft_cap", 0),
            windows.of(layer));
    Optional<Rotary> rotary =
        settings.flag("rotary")
            ? Optional.of(RopeSettings.of(settings, headSize, windows.of(layer) > 0))
            : Optional.empty();
    return new Attention(
        layer, projections(layer, at), output, shape, queryKeyNorms(at, layer), rotary, bias());
  }

  /** The first block's table, which all share. */
  private Optional<RelativeBias> bias() {
    String first = settings.name("block", 0).orElseThrow() + ".";
    return settings
        .name("relative_bias", 0)
        .map(
            name ->
                new RelativeBias(
                    first + name,
                    settings.size("relative_buckets"),
                    heads,
                    settings.size("relative_furthest"),
                    settings.flag("relative_both_ways")));
  }

  private Optional<Block.Cross> cross(int layer, String at) {
    if (settings.name("cross_query", layer).isEmpty()) {
      return Optional.empty();
    }
    int all = heads * headSize;
    var attention =
        new CrossAttention(
            layer,
            linear("cross_query", at, hidden, all, "query_bias", layer),
            linear("cross_key", at, hidden, all, "key_bias", layer),
            linear("cross_value", at, hidden, all, "value_bias", layer),
            linear("cross_output", at, all, hidden, "output_bias", layer),
            headSize,
            settings.number("attention_scale", 1 / Math.sqrt(headSize)));
    return Optional.of(new Block.Cross(norms("cross", at, layer), attention));
  }

  private Projections projections(int layer, String at) {
    int queries = heads * headSize;
    int keys = keyValueHeads * headSize;
    String kind = settings.text("projections", "separate");
    if (kind.equals("separate")) {
      return separate(layer, at);
    }
    Linear fused = linear("query_key_value", at, hidden, queries + 2 * keys, "query_bias", layer);
    return kind.equals("by_head")
        ? new Projections.ByHead(fused, heads)
        : new Projections.Stacked(fused, queries, keys);
  }

  private Projections.Separate separate(int layer, String at) {
    int keys = keyValueHeads * headSize;
    return new Projections.Separate(
        linear("query", at, hidden, heads * headSize, "query_bias", layer),
        linear("key", at, hidden, keys, "key_bias", layer),
        linear("value", at, hidden, keys, "value_bias", layer));
  }

  private Attention.QueryKeyNorms queryKeyNorms(String at, int layer) {
    String kind = settings.text("query_key_norm", "none");
    if (kind.equals("none")) {
      return new Attention.QueryKeyNorms(Optional.empty(), Optional.empty(), true);
    }
    boolean byHead = kind.equals("by_head");
    return new Attention.QueryKeyNorms(
        norm("query_norm", at, byHead ? headSize : heads * headSize, layer),
        norm("key_norm", at, byHead ? headSize : keyValueHeads * headSize, layer),
        byHead);
  }

  private Mlp mlp(int layer, String at) {
    var activation =
        Activation.named(settings.text("activation", "silu"), settings.source("activation"));
    return switch (settings.text("mlp", "gated")) {
      case "fused_gated" ->
          new Mlp.FusedGated(
              linear("gate_up", at, hidden, 2 * intermediate, "mlp_bias", layer),
              linear("down", at, intermediate, hidden, "mlp_bias", layer),
              activation);
      case "plain" ->
          new Mlp.Plain(
              linear("first", at, hidden, intermediate, "mlp_bias", layer),
              linear("second", at, intermediate, hidden, "mlp_bias", layer),
              activation);
      default ->
          new Mlp.Gated(
              linear("gate", at, hidden, intermediate, "mlp_bias", layer),
              linear("up", at, hidden, intermediate, "mlp_bias", layer),
              linear("down", at, intermediate, hidden, "mlp_bias", layer),
              activation);
    };
  }

  /** Norms named before, after or outer; one named without a place goes where the config says. */
  private Residual norms(String half, String at, int layer) {
    Optional<Norm> single = norm(half + "_norm", at, hidden, layer);
    if (single.isPresent()) {
      boolean before = beforeOrAfter().equals("before");
      return new Residual(
          before ? single : Optional.empty(), Optional.empty(), before ? Optional.empty() : single);
    }
    return new Residual(
        norm(half + "_before", at, hidden, layer),
        norm(half + "_after", at, hidden, layer),
        norm(half + "_outer", at, hidden, layer));
  }

  private String beforeOrAfter() {
    return settings.absent("norm_order") || settings.flag("norm_order") ? "before" : "outer";
  }

  private Optional<Norm> norm(String key, String at, int size, int layer) {
    return settings.name(key, layer).map(name -> Norms.of(settings, at + name, size));
  }

  private Linear linear(String key, String at, int in, int out, String bias, int layer) {
    return new Linear(
        at + settings.name(key, layer).orElseThrow(),
        in,
        out,
        settings.flag(bias),
        layer,
        settings.flag("transposed"),
        Optional.empty());
  }
}
