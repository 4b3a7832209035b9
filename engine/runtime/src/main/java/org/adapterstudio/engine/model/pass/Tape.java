package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * The places where one forward pass was cut so that gradients can be written out. An array that is
 * cut goes on as a leaf; autograd sees only the stretches between cuts, and {@link #backward} walks
 * the cuts from the last to the first, freeing what each of them kept.
 */
public final class Tape {
  private final Scope scope;
  private final Deque<Runnable> entries = new ArrayDeque<>();
  private final Map<NDArray, Cut> cuts = new IdentityHashMap<>();

  /** A tape whose arrays live in {@code scope} until they were walked over. */
  public Tape(Scope scope) {
    this.scope = scope;
  }

  /** A leaf, and the part of its gradient that did not come by autograd. */
  private static final class Cut {
    final NDArray leaf;
    final boolean computed;
    NDArray gradient;
    Supplier<NDArray> again;

    /**
     * @param computed whether the leaf is what a kernel returned, not another array's alias
     */
    Cut(NDArray leaf, boolean computed) {
      this.leaf = leaf;
      this.computed = computed;
    }
  }

  /**
   * The same numbers as a leaf. An array that no gradient passes through, or that was cut before,
   * comes back as it is.
   *
   * @param here the scope that would end before the way back
   */
  public NDArray cut(NDArray x, Scope here) {
    Cut known = cuts.get(x);
    if (known != null) {
      return known.leaf;
    }
    if (!Autograd.passes(scope, x)) {
      return x;
    }
    boolean leaf = Autograd.gathers(x);
    if (!leaf && here.owns(x)) {
      keep(x);
    }
    var cut = new Cut(leaf ? x : Autograd.leaf(scope, x), false);
    cuts.put(x, cut);
    cuts.put(cut.leaf, cut);
    entries.push(leaf ? () -> gather(cut) : () -> flow(x, cut));
    return cut.leaf;
  }

  /** Takes an array computed without a graph as a leaf, whose gradient its maker asks for. */
  NDArray leaf(NDArray y) {
    Autograd.require(keep(y), true);
    cuts.put(y, new Cut(y, true));
    return y;
  }

  /** Lets the numbers of an array go that the way back does not need; its gradient gathers on. */
  void spent(NDArray y) {
    Cut cut = cuts.get(y);
    if (cut != null && cut.computed) {
      scope().call("let_go", y).close();
    }
  }

  /** Notes how a computed leaf can be computed once more. */
  void remakes(NDArray y, Supplier<NDArray> again) {
    cuts.get(y).again = again;
  }

  /** Lets the numbers of a leaf go until the way back comes to where they were read last. */
  void untilWayBack(NDArray y) {
    Cut cut = cuts.get(y);
    if (cut != null && cut.again != null) {
      spent(y);
      entries.push(
          () -> {
            try (NDArray made = cut.again.get()) {
              scope().call("take", y, made).close();
            }
          });
    }
  }

  /** The gradient of a leaf on the way back, zeros where nothing arrived. */
  NDArray gradient(NDArray leaf) {
    Cut cut = cuts.get(leaf);
    if (cut.gradient == null) {
      return Autograd.gradient(scope, leaf);
    }
    Autograd.arrived(scope, leaf).ifPresent(gradient -> add(leaf, gradient));
    return cut.gradient;
  }

  /** Owner of what is kept, and of what is computed on the way back. */
  Scope scope() {
    return scope.unrecorded();
  }

  /** Owns an array until its gradient was computed. */
  NDArray keep(NDArray array) {
    return scope.adopt(array);
  }

  /** Notes what must be done on the way back. */
  void onBackward(Runnable entry) {
    entries.push(entry);
  }

  /** Whether an array is a cut one, so that its gradient is wanted. */
  boolean wanted(NDArray x) {
    return cuts.containsKey(x);
  }

  /** Adds to the gradient of a cut array; takes the addend over. */
  void add(NDArray x, NDArray gradient) {
    Cut cut = cuts.get(x);
    if (cut.gradient == null) {
      cut.gradient = keep(gradient);
    } else {
      scope().call("shift", cut.gradient, gradient).close();
      gradient.close();
    }
  }

  /** Adds the gradients of a scalar to every trained array it depends on. */
  public void backward(NDArray scalar) {
    Autograd.backward(scope, scalar);
    walk();
  }

  /** Adds to every trained array what an output's gradient means for it. */
  public void backward(NDArray output, NDArray gradient) {
    Autograd.backward(output, gradient);
    walk();
  }

  private void walk() {
    while (!entries.isEmpty()) {
      entries.pop().run();
    }
    cuts.clear();
  }

  /** Adds what did not come by autograd to a leaf that someone else reads. */
  private static void gather(Cut cut) {
    if (cut.gradient != null) {
      Autograd.backward(cut.leaf, cut.gradient);
      cut.gradient.close();
    }
  }

  /** Sends the gradient of a leaf on to the array it was cut from. */
  private void flow(NDArray x, Cut cut) {
    Autograd.arrived(scope, cut.leaf).ifPresent(gradient -> add(cut.leaf, gradient));
    if (cut.gradient != null) {
      Autograd.backward(x, cut.gradient);
      cut.gradient.close();
    }
    List.of(x, cut.leaf).forEach(NDArray::close);
  }
}
