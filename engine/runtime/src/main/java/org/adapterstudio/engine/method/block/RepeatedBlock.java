package org.adapterstudio.engine.method.block;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.PlainLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A layer that adds one block to every chunk of r columns of W: inputs are cut in chunks of r, the
 * chunks summed to u [r], and y = W x + b + D' u. The last chunk may be short.
 *
 * @param d D [r, q], repeated along the outputs where q is less than they are
 */
record RepeatedBlock(Place place, NDArray d) implements PlainLayer {
  static RepeatedBlock start(Attachment at, Linear site, int width) {
    return new RepeatedBlock(Place.of(at, site), at.zeros(at.rank(site), width));
  }

  @Override
  public NDArray forward(Pass pass, Linear site, NDArray x) {
    NDArray y = pass.frozen(site, x);
    return pass.scope().call("miss_forward", place.seen(pass, x), y, d);
  }

  /** The LoRA it equals: A says which inputs share a place in their chunk, B is D transposed. */
  @Override
  public LowRank factors(Scope scope) {
    NDArray rows = scope.call("miss_rows", d, scope.sizes(place.site().in()));
    NDArray wide = scope.call("miss_tiled", d, scope.sizes(place.site().out()));
    return new LowRank(rows, scope.call("transpose", wide), 1);
  }

  @Override
  public SequencedMap<String, NDArray> tensors() {
    var tensors = new LinkedHashMap<String, NDArray>();
    tensors.put("miss_block", d);
    return tensors;
  }
}
