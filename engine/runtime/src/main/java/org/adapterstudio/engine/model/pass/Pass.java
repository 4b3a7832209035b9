package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * One forward pass.
 *
 * @param scope owner of everything computed
 * @param weights what is multiplied with
 * @param draw randomness while training; empty switches dropout off
 * @param keeping what is kept of its segments
 * @param tape where gradients are written out; empty leaves all to autograd
 * @param read the tokens of its rows, those before the computed ones included, where a decoder
 *     reads
 */
public record Pass(
    Scope scope,
    Weights weights,
    Optional<Draw> draw,
    Keeping keeping,
    Optional<Tape> tape,
    Optional<Tokens> read) {
  private Pass(
      Scope scope, Weights weights, Optional<Draw> draw, Keeping keeping, Optional<Tape> tape) {
    this(scope, weights, draw, keeping, tape, Optional.empty());
  }

  /** The same pass over these tokens. */
  public Pass reading(Tokens tokens) {
    return new Pass(scope, weights, draw, keeping, tape, Optional.of(tokens));
  }

  /** A pass without randomness. */
  public static Pass still(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty(), new Keeping.Everything(), Optional.empty());
  }

  /** A pass without randomness that forgets each segment's inside: for long rows. */
  public static Pass scoring(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty(), new Keeping.Outputs(), Optional.empty());
  }

  /**
   * A pass that gradients will pass back through.
   *
   * @param twice whether segments keep only their inputs and are computed again on the way back
   */
  public static Pass training(Scope scope, Weights weights, Draw draw, boolean twice) {
    var tape = new Tape(scope);
    Keeping keeping = twice ? new Recomputed(tape) : new Keeping.Everything();
    return new Pass(scope, weights, Optional.of(draw), keeping, Optional.of(tape));
  }

  /** The same pass inside a segment: what it computes lives in another scope. */
  Pass within(Scope inner, Optional<Tape> innerTape) {
    return new Pass(inner, weights, draw, new Keeping.Everything(), innerTape, read);
  }

  /** A linear layer's output, adapted where a method is attached. */
  public NDArray linear(Linear site, NDArray x) {
    return linears(List.of(site), x).getFirst();
  }

  /** Outputs of layers that read the same input, adapted where a method is attached. */
  public List<NDArray> linears(List<Linear> sites, NDArray x) {
    NDArray in = shared(x);
    return writtenOut(sites)
        .map(updates -> new Products(this, sites, updates, in).forward())
        .orElseGet(() -> sites.stream().map(site -> alone(site, in)).toList());
  }

  /**
   * A layer's output for an input that nothing else reads. On a tape the input is computed a second
   * time on the way back, where one kernel made it, instead of being kept.
   */
  public NDArray linearAlone(Linear site, NDArray x) {
    NDArray in = shared(x);
    var updates = writtenOut(List.of(site));
    if (updates.isEmpty()) {
      return alone(site, in);
    }
    NDArray y = new Products(this, List.of(site), updates.get(), in).forward().getFirst();
    if (updates.get().getFirst().isPresent()) {
      tape.get().untilWayBack(in);
    } else {
      tape.get().spent(in);
    }
    return y;
  }

  private NDArray alone(Linear site, NDArray x) {
    LayerAdapter adapter = weights.adapters().get(site.module());
    return adapter == null ? frozen(site, x) : adapter.forward(this, site, x);
  }

  /**
   * The updates of layers that are all frozen but for a low-rank update, so that the tape can take
   * them whole; empty where one of them is not.
   */
  private Optional<List<Optional<LowRank>>> writtenOut(List<Linear> sites) {
    if (!sites.stream().allMatch(this::frozenOnTape)) {
      return Optional.empty();
    }
    var updates = new ArrayList<Optional<LowRank>>();
    for (Linear site : sites) {
      Optional<LowRank> update = update(site);
      if (update.isEmpty() && weights.adapters().containsKey(site.module())) {
        return Optional.empty();
      }
      updates.add(update);
    }
    return Optional.of(updates);
  }

  private boolean frozenOnTape(Linear site) {
    return tape.isPresent()
        && weights.base().compute().equals("float32")
        && !weights.overrides().containsKey(weightName(site))
        && !weights.overrides().containsKey(site.bias());
  }

  private Optional<LowRank> update(Linear site) {
    return Optional.ofNullable(weights.adapters().get(site.module()))
        .flatMap(adapter -> adapter.lowRank(this));
  }

  /** Vectors of a table's rows, adapted where a method is attached. */
  public NDArray looked(Linear table, NDArray ids) {
    return alone(table, ids);
  }

  /**
   * A convolution's pictures, adapted where a method is attached: an update of the kernel costs far
   * less than a second convolution of the pictures.
   */
  public NDArray convolved(Linear site, NDArray pictures) {
    LayerAdapter adapter = weights.adapters().get(site.module());
    if (adapter == null) {
      return slid(site, pictures, parameter(weightName(site)));
    }
    NDArray change = adapter.change(this).orElseThrow(IllegalStateException::new);
    NDArray w = scope.call("to_float32", parameter(weightName(site)));
    return slid(site, pictures, computed(scope.call("changed_kernel", w, change)));
  }

  private NDArray slid(Linear site, NDArray pictures, NDArray w) {
    var window = (Linear.Window) site.form();
    NDArray how =
        scope.sizes(
            window.stride().height(), window.stride().width(), window.padding(), window.dilation());
    return site.hasBias()
        ? scope.call("convolved_bias", pictures, w, parameter(site.bias()), how)
        : scope.call("convolved", pictures, w, how);
  }

  /** W x + b as the base (or an override of it) has it. */
  public NDArray frozen(Linear site, NDArray x) {
    return switch (site.form()) {
      case Linear.Lookup _ -> scope.call("embed", x, parameter(weightName(site)));
      case Linear.Window _ -> slid(site, x, parameter(weightName(site)));
      case Linear.Product _ -> multiplied(site, x);
    };
  }

  private NDArray multiplied(Linear site, NDArray x) {
    if (frozenOnTape(site)) {
      var nothing = List.of(Optional.<LowRank>empty());
      return new Products(this, List.of(site), nothing, shared(x)).forward().getFirst();
    }
    String kernel = site.transposed() ? "linear_transposed" : "linear";
    try (Lent w = weight(site)) {
      return site.hasBias()
          ? scope.call(kernel + "_bias", x, w.array(), parameter(site.bias()))
          : scope.call(kernel, x, w.array());
    }
  }

  /**
   * A kernel whose gradient is written out beside it, NAME_gradient; on a tape it is used.
   *
   * @param inputs that gradients may pass through
   * @param constants that none passes through
   */
  public NDArray written(String kernel, List<NDArray> inputs, NDArray... constants) {
    var cut = inputs.stream().map(this::shared).toList();
    if (tape.isPresent() && cut.stream().allMatch(tape.get()::wanted)) {
      return Written.of(this, kernel, cut, constants);
    }
    var all = Stream.concat(cut.stream(), Stream.of(constants)).toArray(NDArray[]::new);
    return scope.call(kernel, all);
  }

  /**
   * The sum of the cross-entropies of a frozen head over rows, so that its logits never exist at
   * once; empty where the head is trained, has a bias, or gradients do not pass back by a tape.
   *
   * @param h [N, D]
   * @param labels [N]
   * @param softCap c of c tanh(l / c) over the logits; 0 is none
   */
  public Optional<NDArray> headLoss(Linear head, NDArray h, NDArray labels, double softCap) {
    boolean adapted = weights.adapters().containsKey(head.module());
    if (!frozenOnTape(head) || adapted || head.hasBias() || head.transposed()) {
      return Optional.empty();
    }
    return Optional.of(new HeadLoss(this, head).of(shared(h), labels, softCap));
  }

  /** Whether a parameter is frozen and the pass computes in float32, as written gradients do. */
  public boolean writes(String... parameters) {
    return weights.base().compute().equals("float32")
        && Stream.of(parameters).noneMatch(weights.overrides()::containsKey);
  }

  /** W of a layer as the base (or an override of it) has it, in the compute type, for one use. */
  public Lent weight(Linear site) {
    String name = weightName(site);
    if (site.form() instanceof Linear.Window) {
      return new Lent(scope.call("in_matrix", parameter(name)), true);
    }
    NDArray override = weights.overrides().get(name);
    if (override == null) {
      return weights.base().lend(scope, name);
    }
    NDArray narrowed = computed(override);
    return new Lent(narrowed, narrowed != override);
  }

  /** A parameter in the compute type; overrides are kept in float32 and narrowed here. */
  public NDArray parameter(String name) {
    NDArray override = weights.overrides().get(name);
    return override == null ? weights.base().parameter(name) : computed(override);
  }

  /** A stretch of the network; the one place where it may be computed twice to save memory. */
  public NDArray segment(NDArray x, Segment segment) {
    return keeping.segment(this, x, segment);
  }

  /**
   * Whether a segment keeps nothing of its inside, so that long work is better cut into several.
   */
  public boolean forgets() {
    return keeping.forgets();
  }

  /**
   * An array that several stretches read, such as the stream, a layer's input or an encoder's
   * states: its gradient gathers before it passes on.
   */
  public NDArray shared(NDArray array) {
    return tape.map(cuts -> cuts.cut(array, scope)).orElse(array);
  }

  /** Says that nobody reads an array from here on: a tape then keeps no more than its gradient. */
  public void spent(NDArray array) {
    tape.ifPresent(cuts -> cuts.spent(array));
  }

  /** Adds the gradients of a scalar to every trained array it depends on. */
  public void backward(NDArray scalar) {
    tape.ifPresentOrElse(cuts -> cuts.backward(scalar), () -> Autograd.backward(scope, scalar));
  }

  /** A float32 array in the compute type. */
  public NDArray computed(NDArray array) {
    String compute = weights.base().compute();
    return compute.equals("float32") ? array : scope.call("to_" + compute, array);
  }

  /** A tied head that is trained apart from the embedding has an override of its own. */
  private String weightName(Linear site) {
    String own = site.weight();
    return weights.overrides().containsKey(own) ? own : site.weightIn(weights.base());
  }
}
