package org.adapterstudio.engine.model.pass;

import java.util.Optional;

/**
 * A linear layer of a base: y = W x + b with W of shape [out, in]. Tables and convolutions are such
 * layers too, of another form: a table's x has a single one in it, a convolution's is a window.
 *
 * @param module name in the model, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param layer number of its block; -1 outside blocks
 * @param transposed whether the file keeps W as [in, out], as GPT-2's Conv1D does
 * @param shares parameter that stands in for W where the layer has none of its own (a tied head)
 * @param form what it is given
 */
public record Linear(
    String module,
    int in,
    int out,
    boolean hasBias,
    int layer,
    boolean transposed,
    Optional<String> shares,
    Form form) {
  /** What a layer is given. */
  public sealed interface Form {}

  /** Vectors [..., in]. */
  public record Product() implements Form {}

  /**
   * Numbers of rows [...], each standing for a vector with a single one; W is kept as [in, out].
   */
  public record Lookup() implements Form {}

  /**
   * Pictures [B, channels, H, W], of which every window is read as a vector; W is kept as [out,
   * channels, height, width].
   */
  public record Window(int channels, Sides kernel, Sides stride, int padding, int dilation)
      implements Form {
    /** A square kernel whose output is as large as its input. */
    public static Window around(int channels, int side) {
      return new Window(channels, new Sides(side, side), new Sides(1, 1), side / 2, 1);
    }

    /** Numbers in a window. */
    public int size() {
      return channels * kernel.height() * kernel.width();
    }
  }

  /** Lengths along a picture's height and width. */
  public record Sides(int height, int width) {}

  /** A layer that is given vectors. */
  public Linear(
      String module,
      int in,
      int out,
      boolean hasBias,
      int layer,
      boolean transposed,
      Optional<String> shares) {
    this(module, in, out, hasBias, layer, transposed, shares, new Product());
  }

  /** A table of rows that are looked up. */
  public static Linear table(String module, int rows, int size) {
    return new Linear(module, rows, size, false, -1, true, Optional.empty(), new Lookup());
  }

  /** A convolution. */
  public static Linear convolution(String module, Window window, int out, boolean bias, int layer) {
    return new Linear(module, window.size(), out, bias, layer, false, Optional.empty(), window);
  }

  /** A layer that keeps W of its own as [out, in]. */
  public static Linear of(String module, int in, int out, boolean hasBias, int layer) {
    return new Linear(module, in, out, hasBias, layer, false, Optional.empty());
  }

  /** Name of W. */
  public String weight() {
    return module + ".weight";
  }

  /** Name of b. */
  public String bias() {
    return module + ".bias";
  }

  /** The parameter of a base that is its W: its own, or the shared one. */
  public String weightIn(Parameters base) {
    return base.has(weight()) ? weight() : shares.orElse(weight());
  }

  /** Shape of W in the file. */
  public long[] shape() {
    if (form instanceof Window window) {
      return new long[] {out, window.channels(), window.kernel().height(), window.kernel().width()};
    }
    return transposed ? new long[] {in, out} : new long[] {out, in};
  }
}
