package org.adapterstudio.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.memory.ProcessMemory;
import org.junit.jupiter.api.Test;

class LetGoTest {
  private static final long BYTES = 4L * 8192 * 1024;

  /** A product that were a view of another array would keep its memory alive. */
  @Test
  void aPackedProductsNumbersAreFreedAndItsShapeStays() {
    try (Scope scope = Kernels.get().unrecorded()) {
      NDArray w = scope.zeros(1024, 64).add(1f);
      NDArray packed = scope.call("pack", w, scope.sizes(512));
      NDArray x = scope.zeros(2, 4096, 64).add(1f);
      NDArray y = scope.callAll("products_packed", List.of(List.of(packed)), x).getFirst();
      assertThat(y.getShape().getShape()).containsExactly(2, 4096, 1024);
      NativeHeap.trim();
      long before = ProcessMemory.now().anonymous();
      scope.call("let_go", y).close();
      NativeHeap.trim();
      assertThat(before - ProcessMemory.now().anonymous()).isGreaterThan(BYTES * 3 / 4);
      assertThat(y.getShape().getShape()).containsExactly(2, 4096, 1024);
    }
  }
}
