package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.schedule.Lamda.Layer;

/**
 * LaMDA's schedule: at step t of T the first floor(r t / (eta T)) columns of B are frozen. When all
 * are, B leaves what is trained, and its gradient and optimizer state with it. The released code's
 * count lacks the factor r, so that B never froze as a whole.
 */
final class ColumnFreeze implements Schedule {
  private final double eta;
  private final List<Layer> layers;
  private final Map<Layer, NDArray> before = new HashMap<>();
  private int total;

  ColumnFreeze(double eta, List<Layer> layers) {
    this.eta = eta;
    this.layers = layers;
  }

  @Override
  public void begin(int totalSteps) {
    total = totalSteps;
    layers.forEach(layer -> layer.freeze(false));
  }

  @Override
  public void resume(int step) {
    freezeWhole(step);
  }

  /** Columns of B that are frozen at a step, from 1, of so many. */
  static int frozen(int rank, int step, int total, double eta) {
    return (int) Math.min(rank, Math.floor(rank * step / (eta * total)));
  }

  private int frozen(Layer layer, int step) {
    return frozen(layer.rank(), step, total, eta);
  }

  /** Weight decay and momentum move what has no gradient: the columns are put back afterwards. */
  @Override
  public void gradients(Scope scope, int step, Map<String, NDArray> gradients) {
    before.clear();
    for (Layer layer : layers) {
      int columns = frozen(layer, step);
      if (columns > 0 && !layer.frozen()) {
        NDArray gradient = gradients.get(Attached.PREFIX + layer.module() + ".lora_B");
        scope.call("lamda_zero_columns", gradient, scope.sizes(columns));
        before.put(layer, scope.call("lamda_columns", layer.b(), scope.sizes(columns)));
      }
    }
  }

  @Override
  public boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
    before.forEach((layer, columns) -> scope.call("lamda_put_columns", layer.b(), columns));
    before.clear();
    return freezeWhole(step);
  }

  private boolean freezeWhole(int step) {
    boolean any = false;
    for (Layer layer : layers) {
      if (!layer.frozen() && frozen(layer, step) == layer.rank()) {
        layer.freeze(true);
        Autograd.require(layer.b(), false);
        any = true;
      }
    }
    return any;
  }
}
