package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.place.TrainableTokens;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * LoRA (arXiv:2106.09685): y = W x + b + s B (A dropout(x)) with A [r, in], B [out, r] and s =
 * alpha / r, or alpha / sqrt(r) where rank-stabilised (arXiv:2312.03732). A starts kaiming-uniform,
 * B zero, so the first pass is the base's. With lora_bias B has a bias c of its own, scaled as B
 * is: y = W x + b + s (B A x + c), c zero at first.
 */
public final class Lora implements Method {
  /** Knob: tokens whose word vectors are trained too. */
  private static final String TOKENS = "trainable_token_indices";

  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    int[] tokens = at.knobs().numbers(TOKENS);
    if (tokens.length > 0) {
      layers.putAll(TrainableTokens.layers(at, tokens, "token_adapter." + TrainableTokens.ROWS));
    }
    var initializer = at.initializer();
    for (Linear site : at.targets()) {
      layers.put(site.module(), layer(at, site, initializer));
    }
    var attached = Attached.of(layers);
    return initializer.schedule(at).map(attached::with).orElse(attached);
  }

  @Override
  public boolean takes(Linear site) {
    return true;
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    JsonNode tokens = settings.knobs().get(TOKENS);
    JsonNode bias = settings.knobs().get("lora_bias");
    boolean biased = bias != null && bias.asBoolean();
    int moved = tokens == null ? 0 : tokens.size();
    if (moved == 0 && !biased) {
      return OptionalLong.empty();
    }
    long layers = 0;
    for (Linear site : targets(settings, network)) {
      long rank = TargetSelection.rank(settings, network, site);
      layers += rank * (site.in() + site.out()) + (biased ? site.out() : 0);
    }
    return OptionalLong.of(layers + (moved == 0 ? 0 : TrainableTokens.count(network, moved)));
  }

  private static Layer layer(Attachment at, Linear site, Initializer initializer) {
    int rank = at.rank(site);
    boolean rooted = at.flag("use_rslora");
    double s = at.alpha(site) / divisor(rank, rooted);
    Initializer.Start start = initializer.start(at, site, rank, s);
    var taken = Taken.of(at, start);
    double dropout = site.form() instanceof Linear.Product ? at.settings().dropout() : 0;
    NDArray a = rows(site, start.a());
    NDArray b = columns(site, start.b());
    boolean biased = at.knobs().declares("lora_bias") && at.flag("lora_bias");
    var bias = biased ? Optional.of(at.zeros(site.out())) : Optional.<NDArray>empty();
    return new Layer(site, a, b, bias, s, rooted, dropout, taken, start.recoding());
  }

  /** What alpha is divided by. */
  private static double divisor(int rank, boolean rooted) {
    return rooted ? Math.sqrt(rank) : rank;
  }

  /** A [r, in] as the layer holds it: of a convolution in its kernel's shape. */
  private static NDArray rows(Linear site, NDArray a) {
    if (!(site.form() instanceof Linear.Window)) {
      return a;
    }
    long[] shape = site.shape();
    shape[0] = a.getShape().get(0);
    return a.reshape(new Shape(shape));
  }

  /** B [out, r] likewise. */
  private static NDArray columns(Linear site, NDArray b) {
    boolean window = site.form() instanceof Linear.Window;
    return window ? b.reshape(b.getShape().get(0), b.getShape().get(1), 1, 1) : b;
  }

  /** A and B of one layer. */
  private record Layer(
      Linear own,
      NDArray a,
      NDArray b,
      Optional<NDArray> bias,
      double s,
      boolean rooted,
      double dropout,
      Optional<Taken> origin,
      Optional<Recoding> recoding)
      implements Resizable {
    @Override
    public Linear site() {
      return own;
    }

    @Override
    public LowRank factors() {
      return new LowRank(a, b, s);
    }

    /** What the base was changed by is a product of the first rank. */
    @Override
    public boolean resizes() {
      return origin.isEmpty() && recoding.isEmpty();
    }

    @Override
    public double alphaFor(int rank) {
      return s * divisor(rank, rooted);
    }

    @Override
    public Resizable resized(NDArray rows, NDArray columns, double alpha) {
      double scale = alpha / divisor((int) rows.getShape().get(0), rooted);
      return new Layer(
          own,
          rows(own, rows),
          columns(own, columns),
          bias,
          scale,
          rooted,
          dropout,
          origin,
          recoding);
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = shifted(scope, rest(pass, site, x));
      if (still(pass)) {
        return scope.call(updated(), x, y, a, b, scope.scalar(s));
      }
      Autograd.seed(pass.draw().get().seedFor(own.module(), "dropout"));
      return scope.call("lora_dropout", x, y, a, b, scope.scalar(s), scope.scalar(dropout));
    }

    private NDArray shifted(Scope scope, NDArray y) {
      return bias.map(c -> scope.call("lora_shifted", y, c, scope.scalar(s))).orElse(y);
    }

    private boolean still(Pass pass) {
      return dropout == 0 || pass.draw().isEmpty();
    }

    private NDArray rest(Pass pass, Linear site, NDArray x) {
      NDArray y = pass.frozen(site, x);
      if (origin.isEmpty()) {
        return y;
      }
      Taken start = origin.get();
      return pass.scope().call(updated(), x, y, start.a(), start.b(), pass.scope().scalar(-s));
    }

    private String updated() {
      return own.form() instanceof Linear.Lookup ? "lora_looked" : "lora";
    }

    @Override
    public Optional<LowRank> lowRank(Pass pass) {
      boolean alone = origin.isEmpty() && bias.isEmpty();
      return alone && still(pass) ? Optional.of(new LowRank(a, b, s)) : Optional.empty();
    }

    @Override
    public Optional<LowRank> plain(Pass pass) {
      return Optional.of(whole(pass.scope()));
    }

    @Override
    public Optional<LowRank> taken() {
      return origin.map(start -> new LowRank(start.a(), start.b(), s));
    }

    private LowRank whole(Scope scope) {
      return origin.map(start -> whole(scope, start)).orElse(new LowRank(a, b, s));
    }

    private LowRank whole(Scope scope, Taken start) {
      NDArray rows = scope.call("stacked_rows", a, start.a());
      return new LowRank(rows, scope.call("beside_negative", b, start.b()), s);
    }

    @Override
    public OptionalDouble scale() {
      return OptionalDouble.of(s);
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      Taken.keep(kept, origin, recoding);
      return kept;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      boolean table = own.form() instanceof Linear.Lookup;
      tensors.put(table ? "lora_embedding_A" : "lora_A.weight", a);
      tensors.put(table ? "lora_embedding_B" : "lora_B.weight", b);
      bias.ifPresent(c -> tensors.put("lora_B.bias", c));
      return tensors;
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      LowRank whole = whole(scope);
      return Optional.of(
          scope.call("low_rank_product", whole.a(), whole.b(), scope.scalar(whole.s())));
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      return bias.map(c -> pass.scope().call("scale", c, pass.scope().scalar(s)));
    }

    @Override
    public Optional<LowRank> product(Scope scope) {
      return Optional.of(whole(scope));
    }
  }
}
