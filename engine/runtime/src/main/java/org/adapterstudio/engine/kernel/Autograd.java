package org.adapterstudio.engine.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;

/**
 * Gradients without DJL's collector: what is trained, backward, the gradient, the seed, threads.
 */
public final class Autograd {
  private Autograd() {}

  /** Marks an array as trained (or not). */
  public static void require(NDArray array, boolean trained) {
    JniUtils.attachGradient((PtNDArray) array, trained);
  }

  /** Adds the gradients of a scalar loss to every trained array it depends on. */
  public static void backward(Scope scope, NDArray loss) {
    JniUtils.backward((PtNDArray) loss, (PtNDArray) scope.floats(new float[] {1f}), false, false);
  }

  /** Adds to every trained array what an output's gradient means for it. */
  public static void backward(NDArray output, NDArray gradient) {
    // The graph stays until its arrays are closed: a trained array may be read by several
    // stretches.
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, true, false);
  }

  /** Whether gradients pass through an array, be it a leaf or in the middle of a graph. */
  public static boolean passes(Scope scope, NDArray array) {
    if (gathers(array)) {
      return true;
    }
    try (NDArray answer = scope.call("tracked", array)) {
      return answer.getBoolean();
    }
  }

  /** Whether an array is a leaf that gathers a gradient. */
  public static boolean gathers(NDArray array) {
    return JniUtils.requiresGrad((PtNDArray) array); // false in the middle of a graph
  }

  /** The same numbers without their history, owned by the scope; gradients gather in it. */
  public static NDArray leaf(Scope scope, NDArray array) {
    NDArray leaf = scope.adopt(JniUtils.detachGradient((PtNDArray) array));
    require(leaf, true);
    return leaf;
  }

  /**
   * The gradient that has arrived, owned by the scope; nothing where none has. A kernel is asked,
   * because {@code JniUtils.getGradient} loses 32 bytes for good whenever there is none.
   */
  public static Optional<NDArray> arrived(Scope scope, NDArray array) {
    return scope.callAll("arrived", List.of(), array).stream().findFirst();
  }

  /** The gradient gathered so far, owned by the scope; zeros where nothing arrived. */
  public static NDArray gradient(Scope scope, NDArray array) {
    return arrived(scope, array).orElseGet(() -> scope.zeros(array.getShape().getShape()));
  }

  /** Sets gathered gradients to zero. */
  public static void zero(NDArray array) {
    JniUtils.zeroGrad((PtNDArray) array);
  }

  /** Restarts PyTorch's CPU random stream. */
  public static void seed(long seed) {
    JniUtils.setSeed(seed);
  }

  /** CPU threads for kernels of this process. */
  public static void threads(int threads) {
    JniUtils.setNumThreads(threads);
  }
}
