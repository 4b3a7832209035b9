package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/** Skew-symmetric blocks given by their strict upper triangles, and rotations made of them. */
final class Skew {
  private Skew() {}

  /** Flat places of the strict upper triangle of a b x b block, row by row. */
  static long[] upper(int b) {
    var places = new long[b * (b - 1) / 2];
    int at = 0;
    for (int row = 0; row < b; row++) {
      for (int column = row + 1; column < b; column++) {
        places[at++] = (long) row * b + column;
      }
    }
    return places;
  }

  /** Blocks [n, b, b] of triangles [n, b (b - 1) / 2]. */
  static NDArray of(Scope scope, NDArray triangles, NDArray where, int b) {
    return scope.call("oft_skew", triangles, where, scope.sizes(b));
  }

  /** I + 2 Q + 2 Q^2 + ...: from three terms on the last power counts once, the others twice. */
  static NDArray series(Scope scope, NDArray skew, int terms) {
    int twice = terms < 3 ? terms - 1 : Math.max(terms - 2, 2);
    NDArray last = scope.scalar(terms < 3 ? 0 : 1);
    return scope.call("oft_neumann", skew, scope.sizes(twice), last);
  }
}
