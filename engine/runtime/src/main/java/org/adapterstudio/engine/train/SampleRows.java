package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Calibration;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.LayerAdapter;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.model.pass.Weights;

/**
 * Batches of training rows, sent through a base.
 *
 * @param rows batch by batch
 * @param updates of layers that have one already, by their modules
 * @param progress told the number of batches done so far; may end the work by throwing
 */
public record SampleRows(
    BaseModel base, List<Rows> rows, Map<String, LowRank> updates, IntConsumer progress)
    implements Calibration {
  private static final long UNTRAINED = -100;

  /** Through a base that nothing is attached to. */
  public SampleRows(BaseModel base, List<Rows> rows, IntConsumer progress) {
    this(base, rows, Map.of(), progress);
  }

  @Override
  public Calibration through(Map<String, LowRank> others) {
    return new SampleRows(base, rows, others, progress);
  }

  @Override
  public int batches() {
    return rows.size();
  }

  @Override
  public void inputs(
      List<Linear> sites, int batch, View view, BiConsumer<Linear, NDArray> observer) {
    progress.accept(batch);
    Rows some = rows.get(batch % rows.size());
    LayerAdapter watcher =
        (pass, site, x) -> {
          counted(some, view, x.getShape()).forEach(which -> observe(site, x, which, observer));
          return updated(pass, site, x);
        };
    var adapters = new HashMap<String, LayerAdapter>();
    updates.keySet().forEach(module -> adapters.put(module, this::updated));
    adapters.putAll(by(sites, watcher));
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.scoring(scope, new Weights(base, Map.of(), adapters));
      base.network().loss(pass, some.inputs(), some.labels());
    }
  }

  private NDArray updated(Pass pass, Linear site, NDArray x) {
    NDArray y = pass.frozen(site, x);
    LowRank update = updates.get(site.module());
    return update == null
        ? y
        : pass.scope().call("lora", x, y, update.a(), update.b(), pass.scope().scalar(update.s()));
  }

  private static void observe(
      Linear site, NDArray x, long[] which, BiConsumer<Linear, NDArray> observer) {
    if (which.length > 0) {
      try (Scope work = Kernels.get().unrecorded()) {
        NDArray numbers = work.longs(which, which.length);
        observer.accept(site, work.call("start_counted", x, numbers));
      }
    }
  }

  private static Map<String, LayerAdapter> by(List<Linear> sites, LayerAdapter adapter) {
    var map = new HashMap<String, LayerAdapter>();
    sites.forEach(site -> map.put(site.module(), adapter));
    return map;
  }

  /** Numbers of the positions that count, all together or row by row. */
  private static List<long[]> counted(Rows rows, View view, Shape shape) {
    int positions = (int) (shape.size() / shape.get(shape.dimension() - 1));
    int parts = view.apart() ? rows.inputs().rows() : 1;
    int each = positions / parts;
    var all = new ArrayList<long[]>();
    for (int part = 0; part < parts; part++) {
      all.add(
          IntStream.range(part * each, (part + 1) * each)
              .filter(at -> counts(rows, view, positions, at))
              .asLongStream()
              .toArray());
    }
    return all;
  }

  /** Padding never does; what a decoder reads is told from padding by its labels. */
  private static boolean counts(Rows rows, View view, int positions, int at) {
    Tokens tokens = rows.inputs().tokens();
    boolean read = tokens != null && tokens.ids().length == positions;
    if (read && tokens.attention() != null && tokens.attention()[at] == 0) {
      return false;
    }
    boolean labelled = rows.labels() != null && rows.labels().length == positions;
    boolean asked = view.trained() || !read;
    return !(labelled && asked && positions > rows.inputs().rows())
        || rows.labels()[at] != UNTRAINED;
  }

  /**
   * {@inheritDoc}
   *
   * <p>No weight is copied: a zero that is added to a layer's output gathers the output's gradient
   * d, and dL/dW is the sum of d x^T over positions.
   */
  @Override
  public List<NDArray> gradients(Scope owner, List<Linear> sites) {
    var sums = new HashMap<String, NDArray>();
    sites.forEach(site -> sums.put(site.module(), owner.zeros(site.out(), site.in())));
    for (int batch = 0; batch < rows.size(); batch++) {
      progress.accept(batch);
      gather(rows.get(batch), sites, sums);
    }
    return sites.stream().map(site -> sums.get(site.module())).toList();
  }

  /** What a layer read, and what gathers the gradient of what it gave. */
  private record Seen(Linear site, NDArray x, NDArray gathers) {}

  private void gather(Rows some, List<Linear> sites, Map<String, NDArray> sums) {
    var seen = new ArrayList<Seen>();
    LayerAdapter watcher =
        (pass, site, x) -> {
          NDArray y = pass.frozen(site, x);
          NDArray zero = pass.scope().zeros(y.getShape().getShape());
          Autograd.require(zero, true);
          seen.add(new Seen(site, x, zero));
          return pass.scope().call("start_watched", y, zero);
        };
    try (Scope scope = Kernels.get().training()) {
      Pass pass = Pass.still(scope, new Weights(base, Map.of(), by(sites, watcher)));
      var loss = base.network().loss(pass, some.inputs(), some.labels());
      if (loss.targets() == 0) {
        return;
      }
      NDArray mean = scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets()));
      Autograd.backward(scope, mean);
      Scope work = scope.unrecorded();
      NDArray share = work.scalar(1.0 / rows.size());
      for (Seen one : seen) {
        NDArray gradient = Autograd.gradient(scope, one.gathers());
        work.call("start_gathered", sums.get(one.site().module()), gradient, one.x(), share);
      }
    }
  }
}
