package org.adapterstudio.engine.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.Linear;

/** Singular values of every adapted layer's update, and the ranks they amount to. */
public final class Spectra {
  private Spectra() {}

  /** Measures all layers that have a spectrum; empty where the method has none. */
  public static List<Event.Spectrum.Layer> of(AdaptedModel model) {
    var layers = new ArrayList<Event.Spectrum.Layer>();
    Map<String, Linear> sites = sites(model);
    try (Scope scope = Kernels.get().inference()) {
      model
          .attached()
          .layers()
          .forEach(
              (module, layer) ->
                  layer
                      .singularValues(scope)
                      .map(values -> layer(module, values.toFloatArray(), sites.get(module)))
                      .ifPresent(layers::add));
    }
    return layers;
  }

  /** The layers of a model's network by name. */
  static Map<String, Linear> sites(AdaptedModel model) {
    var sites = new HashMap<String, Linear>();
    model.network().sites().forEach(site -> sites.put(site.module(), site));
    return sites;
  }

  /** A layer whose directions are not followed. */
  static Event.Spectrum.Layer layer(String module, float[] values, Linear site) {
    return layer(module, values, site, null, null);
  }

  /**
   * A layer by its singular values.
   *
   * @param site null where a method acts on what is no layer of the network
   * @param drift since the last checkpoint; null where it is not known
   * @param angles to the start; null where they are not known
   */
  static Event.Spectrum.Layer layer(
      String module, float[] values, Linear site, Double drift, List<Double> angles) {
    var list = new ArrayList<Double>(values.length);
    for (float value : values) {
      list.add((double) value);
    }
    var layer =
        new Event.Spectrum.Layer(
            module,
            effectiveRank(values),
            stableRank(values),
            Math.sqrt(squares(values)),
            list,
            drift,
            angles);
    return site == null ? layer : layer.sized(site.in(), site.out());
  }

  /**
   * Exponential of the Shannon entropy of the singular values normalised to sum 1 (Roy and Vetterli
   * 2007); 0 for a zero matrix.
   */
  public static double effectiveRank(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (float value : values) {
      double p = value / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.exp(entropy);
  }

  /** Squared Frobenius norm over squared spectral norm; 0 for a zero matrix. */
  public static double stableRank(float[] values) {
    double largest = values.length == 0 ? 0 : values[0];
    return largest == 0 ? 0 : squares(values) / (largest * largest);
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
