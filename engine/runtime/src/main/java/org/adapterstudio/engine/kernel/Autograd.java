package org.adapterstudio.engine.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

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

  /** The gradient gathered so far, owned by the scope; zeros where nothing arrived. */
  public static NDArray gradient(Scope scope, NDArray array) {
    PtNDArray gradient = JniUtils.getGradient((PtNDArray) array);
    if (gradient == null) {
      return scope.zeros(array.getShape().getShape());
    }
    return scope.adopt(gradient);
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
