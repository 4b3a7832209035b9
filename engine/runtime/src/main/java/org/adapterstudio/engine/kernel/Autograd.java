package org.adapterstudio.engine.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gradients without DJL's collector: what is trained, backward, the gradient, the seed, threads.
 */
public final class Autograd {
  private static final ThreadLocal<Boolean> UNRECORDED = ThreadLocal.withInitial(() -> false);

  private Autograd() {}

  /** Marks an array as trained (or not). */
  public static void require(NDArray array, boolean trained) {
    JniUtils.attachGradient((PtNDArray) array, trained);
  }

  /** Adds the gradients of a scalar loss to every trained array it depends on. */
  public static void backward(Scope scope, NDArray loss) {
    JniUtils.backward((PtNDArray) loss, (PtNDArray) scope.floats(new float[] {1f}), false, false);
  }

  /** Adds the gradients of an array's part in a loss to every trained array it depends on. */
  public static void backward(NDArray array, NDArray gradient) {
    JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, true, false);
  }

  /** Whether gradients flow through an array, be it a leaf or in the middle of a graph. */
  public static boolean required(Scope scope, NDArray array) {
    try (NDArray answer = scope.call("tracked", array)) {
      return answer.getBoolean();
    }
  }

  /** The same numbers without a history, as a new leaf that gathers a gradient. */
  public static NDArray leaf(Scope scope, NDArray array) {
    PtNDArray leaf = JniUtils.detachGradient((PtNDArray) array);
    JniUtils.attachGradient(leaf, true);
    return scope.adopt(leaf);
  }

  /** Runs kernels whose gradient is written out elsewhere. */
  public static <T> T unrecorded(Supplier<T> work) {
    boolean outer = UNRECORDED.get();
    UNRECORDED.set(true);
    JniUtils.setGradMode(false);
    try {
      return work.get();
    } finally {
      UNRECORDED.set(outer);
      record();
    }
  }

  /** Records gradients on this thread, which DJL does not by default, but for unrecorded work. */
  static void record() {
    JniUtils.setGradMode(!UNRECORDED.get());
  }

  /** The gradient gathered so far; empty where nothing arrived. */
  public static Optional<NDArray> gathered(Scope scope, NDArray array) {
    return Optional.ofNullable(JniUtils.getGradient((PtNDArray) array)).map(scope::adopt);
  }

  /** The gradient gathered so far, owned by the scope; zeros where nothing arrived. */
  public static NDArray gradient(Scope scope, NDArray array) {
    return gathered(scope, array).orElseGet(() -> scope.zeros(array.getShape().getShape()));
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
