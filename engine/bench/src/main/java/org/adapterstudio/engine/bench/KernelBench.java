package org.adapterstudio.engine.bench;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Kernels alone, on 512 tokens as 4 rows of 128. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class KernelBench {
  @Param({"512", "1024"})
  int hidden;

  @Param({"1", "2"})
  int threads;

  private Scope scope;
  private NDArray x;
  private NDArray w;
  private NDArray packed;
  private NDArray norm;
  private NDArray a;
  private NDArray b;
  private NDArray moved;
  private NDArray mean;
  private NDArray variance;
  private NDArray cos;
  private NDArray heads;
  private NDArray head;
  private NDArray labels;

  /** Fills the arrays. */
  @Setup(Level.Trial)
  public void fill() {
    Kernels kernels = Kernels.get();
    Autograd.threads(threads);
    scope = kernels.unrecorded();
    x = filled(4, 128, hidden);
    w = filled(hidden, hidden);
    packed = scope.call("pack", w, scope.sizes(512));
    moved = filled(hidden, hidden);
    mean = filled(hidden, hidden);
    variance = filled(hidden, hidden);
    norm = filled(hidden);
    a = filled(8, hidden);
    b = filled(hidden, 8);
    cos = filled(1, 1, 128, 64);
    heads = filled(4, hidden / 64, 128, 64);
    head = filled(4096, hidden);
    labels = scope.longs(new long[512], 512);
  }

  /** Lets them go. */
  @TearDown(Level.Trial)
  public void close() {
    scope.close();
  }

  /** RMS norm. */
  @Benchmark
  public void rmsNorm() {
    scope.call("rms_normed", x, norm, scope.scalar(1e-6)).close();
  }

  /** RMS norm's gradient. */
  @Benchmark
  public void rmsNormGradient() {
    gradients("rms_normed_gradient", x, x, norm, scope.scalar(1e-6));
  }

  /** Heads turned by their positions. */
  @Benchmark
  public void rotary() {
    scope.call("rotated_heads", x, cos, cos).close();
  }

  /** A frozen product by BLAS. */
  @Benchmark
  public void product() {
    scope.call("linear", x, w).close();
  }

  /** The same with a packed weight. */
  @Benchmark
  public void productPacked() {
    scope.callAll("products_packed", List.of(List.of(packed)), x).getFirst().close();
  }

  /** A packed product with its low-rank update. */
  @Benchmark
  public void loraLinear() {
    NDArray y = scope.callAll("products_packed", List.of(List.of(packed)), x).getFirst();
    var lists = List.of(List.of(y), List.of(a), List.of(b));
    NDArray s = scope.doubles(2);
    scope.callLists("low_rank", lists, x, s).close();
    s.close();
    y.close();
  }

  /** Causal attention. */
  @Benchmark
  public void attention() {
    scope.call("attend_causal", heads, heads, heads, scope.scalar(0.125)).close();
  }

  /** The head's loss with the gradient of its input. */
  @Benchmark
  public void headLoss() {
    try (NDArray rows = x.reshape(512, hidden)) {
      scope
          .callAll(
              "head_loss", List.of(List.of(head)), rows, labels, scope.scalar(0), scope.scalar(0))
          .forEach(NDArray::close);
    }
  }

  /** One update of an array as large as a weight. */
  @Benchmark
  public void adamW() {
    NDArray h = scope.doubles(1e-4, 0.9, 0.999, 1e-8, 0, 1, 1);
    var lists = List.of(List.of(moved), List.of(w), List.of(mean), List.of(variance));
    scope.callLists("adamw", lists, h).close();
    h.close();
  }

  private void gradients(String kernel, NDArray... arguments) {
    scope.callAll(kernel, List.of(), arguments).forEach(NDArray::close);
  }

  private NDArray filled(long... size) {
    return scope.zeros(size).add(0.01f);
  }
}
