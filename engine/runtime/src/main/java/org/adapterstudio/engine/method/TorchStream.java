package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Frozen random arrays as PyTorch's CPU generator draws them after a seed, one after the other. So
 * a projection that a file names by its seed alone can be made again.
 */
public final class TorchStream {
  private final Scope owner;

  /** A stream from its start; whatever else draws in between would shift it. */
  public TorchStream(Scope owner, long seed) {
    this.owner = owner.unrecorded();
    Autograd.seed(seed);
  }

  /** The next numbers of U(-bound, bound). */
  public NDArray uniform(double bound, long... size) {
    return owner.call("stream_uniform", owner.sizes(size), owner.scalar(bound));
  }

  /** The next numbers of N(0, deviation^2). */
  public NDArray normal(double deviation, long... size) {
    return owner.call("stream_normal", owner.sizes(size), owner.scalar(deviation));
  }
}
