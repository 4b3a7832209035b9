package org.adapterstudio.app.run;

import java.util.List;
import java.util.Objects;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.contract.run.Event;

/** How the directions of a run's layers turn, over its steps. */
final class Directions {
  /** Mean over the layers of the drift since the last checkpoint, 0 to 1. */
  final Series meanDrift = new Series();

  /** The largest drift of any layer. */
  final Series maxDrift = new Series();

  private boolean turned;

  /** Takes the next measurement; old logs and some methods tell nothing of it. */
  void add(Event.Spectrum spectrum) {
    double[] drifts =
        spectrum.layers().stream()
            .map(Event.Spectrum.Layer::drift)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (drifts.length > 0) {
      double sum = 0;
      double max = 0;
      for (double drift : drifts) {
        sum += drift;
        max = Math.max(max, drift);
      }
      meanDrift.add(spectrum.step(), sum / drifts.length);
      maxDrift.add(spectrum.step(), max);
    }
    turned |= spectrum.layers().stream().anyMatch(layer -> layer.angles() != null);
  }

  /** Whether nothing was told. */
  boolean none() {
    return !turned && meanDrift.size() == 0;
  }

  /** Forgets what came after a step. */
  void truncateAfter(double step) {
    List.of(meanDrift, maxDrift).forEach(series -> series.truncateAfter(step));
  }
}
