package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.schedule.TriAdaptLora.Layer;

/**
 * TriAdaptLoRA's schedule: every so many steps the layers whose |C| per block rose most since the
 * last look get more rank, until all layers together have theirs.
 */
final class RankGrowth implements Schedule {
  /** A block that is added later would not see a gradient in all of its parts. */
  private static final int LAST_STEPS = 2;

  private final List<Layer> layers;
  private final KnobValues knobs;
  private final int target;
  private final int increment;
  private final NDArray seen;
  private int total;

  RankGrowth(Attachment at, List<Layer> layers) {
    this.layers = layers;
    this.knobs = at.knobs();
    this.target = at.targets().stream().mapToInt(at::rank).sum();
    this.increment = Math.max(1, at.settings().rank() / 2);
    this.seen = at.zeros(layers.size());
  }

  @Override
  public void begin(int totalSteps) {
    total = totalSteps;
  }

  @Override
  public Optional<NDArray> penalty(Scope scope) {
    double weight = knobs.real("orth_reg_weight");
    if (weight == 0) {
      return Optional.empty();
    }
    var a = layers.stream().map(layer -> layer.rows(scope)).toList();
    var b = layers.stream().map(layer -> layer.columns(scope)).toList();
    return Optional.of(scope.callLists("orthogonality", List.of(a, b), scope.scalar(weight)));
  }

  @Override
  public boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
    int since = step - knobs.whole("init_warmup");
    boolean due = since > 0 && since % knobs.whole("incre_interval") == 0;
    if (!due || ranks() >= target || step + LAST_STEPS > total) {
      return false;
    }
    float[] scores = scores(scope);
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    float threshold = sorted[sorted.length - growing(since)];
    boolean grown = false;
    for (int i = 0; i < scores.length; i++) {
      grown |= scores[i] >= threshold && grow(scope, layers.get(i));
    }
    return grown;
  }

  /** Ranks of all layers now. */
  int ranks() {
    return layers.stream().mapToInt(Layer::rank).sum();
  }

  /** How many layers grow: with c = t / T, (target - ranks) c or, curved, (target - ranks)^c. */
  private int growing(int since) {
    double c = (double) since / (total - knobs.whole("init_warmup"));
    int missing = target - ranks();
    boolean linear = knobs.text("rank_growth_model").equals("linear");
    int wanted = (int) (linear ? missing * c : Math.pow(missing, c));
    return Math.clamp(wanted, 1, layers.size());
  }

  /** How much |C| per block rose since the last look. */
  private float[] scores(Scope scope) {
    float[] before = seen.toFloatArray();
    float[] now = new float[before.length];
    float[] rise = new float[before.length];
    for (int i = 0; i < now.length; i++) {
      Layer layer = layers.get(i);
      now[i] = scope.call("root_of_squares", layer.core(scope)).getFloat() / layer.blocks();
      rise[i] = now[i] - before[i];
    }
    scope.call("assign", seen, scope.floats(now, now.length));
    return rise;
  }

  private boolean grow(Scope scope, Layer layer) {
    int before = layer.rank();
    int more = Math.min(increment, layer.limit() - before);
    if (more == 0) {
      return false;
    }
    boolean keeps = knobs.flag("keep_scale");
    if (keeps) {
      layer.rescale(scope, (before + more + AdaLora.DIVISOR) / (before + AdaLora.DIVISOR));
    }
    layer.grow(more, keeps);
    return true;
  }

  @Override
  public void fit(Map<String, long[]> shapes) {
    for (Layer layer : layers) {
      for (long[] rows = next(shapes, layer); rows != null; rows = next(shapes, layer)) {
        layer.reserve((int) rows[0]);
      }
    }
  }

  /** Shape of the next stored block's A, where there is one that can be. */
  private static long[] next(Map<String, long[]> shapes, Layer layer) {
    String name = Attached.PREFIX + layer.module() + ".lora_A." + layer.blocks();
    long[] shape = shapes.get(name);
    boolean fits = shape != null && shape.length == 2 && shape[0] > 0;
    return fits && shape[0] <= layer.limit() - layer.rank() ? shape : null;
  }

  @Override
  public SequencedMap<String, NDArray> state() {
    var state = new LinkedHashMap<String, NDArray>();
    state.put("norms", seen);
    return state;
  }
}
