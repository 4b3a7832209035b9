package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.function.ToIntFunction;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TorchStream;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * The frozen pair that all layers of a method share, as large as the largest of them; each takes
 * its first rows and columns. Drawn as PEFT draws it, so that a file may name it by its key alone.
 *
 * @param a A [rows, in]
 * @param b B [out, r]
 */
record Projections(NDArray a, NDArray b) {
  /** U(-sqrt(6 / columns), sqrt(6 / columns)), A first. */
  static Projections drawn(Attachment at, int rows, int rank) {
    int in = largest(at, Linear::in);
    int out = largest(at, Linear::out);
    var stream = new TorchStream(at.owner(), at.knobs().whole("projection_prng_key"));
    NDArray a = stream.uniform(Math.sqrt(6.0 / in), rows, in);
    return new Projections(a, stream.uniform(Math.sqrt(6.0 / rank), out, rank));
  }

  static int largest(Attachment at, ToIntFunction<Linear> size) {
    return at.targets().stream().mapToInt(size).max().orElseThrow();
  }

  /** What a file holds of it: both, or nothing where the key says it all. */
  Shared shared(Attachment at, String prefix) {
    return at.flag("save_projection")
        ? Shared.none().keeps(prefix + "_A", Kept.of(a)).keeps(prefix + "_B", Kept.of(b))
        : Shared.none();
  }

  /** A as a layer reads it. */
  NDArray a(Attachment at, int rows, Linear site) {
    return first(at, a, rows, site.in());
  }

  /** B as a layer reads it. */
  NDArray b(Attachment at, int rank, Linear site) {
    return first(at, b, site.out(), rank);
  }

  /** A view: stored numbers that arrive later show in it. */
  private static NDArray first(Attachment at, NDArray x, int rows, int columns) {
    return at.owner().unrecorded().call("factor_first", x, at.owner().sizes(rows, columns));
  }
}
