package org.adapterstudio.engine.inspect;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/**
 * How the column spaces of a run's layers turn while it trains. It keeps two orthonormal bases of
 * each layer, as large together as its factor B twice: the one of its first measurement, in a file
 * of the run too, so that a resumed run measures against the same start; and the one of the last
 * checkpoint, which a resumed run makes again from the checkpoint. Thin QR of the factors and SVDs
 * of r x r cores, no dense product.
 */
public final class Directions implements AutoCloseable {
  private static final double NOISE = 1e-5; // of the largest singular value, in float32
  private final AdaptedModel model;
  private final Path file;
  private final Scope kept = Kernels.get().inference();
  private final Map<String, NDArray> start = new LinkedHashMap<>();
  private final Map<String, NDArray> checkpoint = new LinkedHashMap<>();
  private Scope ofCheckpoint = Kernels.get().inference();

  private Directions(AdaptedModel model, Path file) {
    this.model = model;
    this.file = file;
  }

  /** For a run that begins; an older start in the file is written over. */
  public static Directions begin(AdaptedModel model, Path file) {
    return new Directions(model, file);
  }

  /** For a run that goes on from the checkpoint that the model holds. */
  public static Directions resume(AdaptedModel model, Path file) {
    var directions = new Directions(model, file);
    if (Files.exists(file)) {
      directions.read();
    }
    directions.checkpointSaved();
    return directions;
  }

  /** Measures all layers that have a spectrum; empty where the method has none. */
  public List<Event.Spectrum.Layer> measure() {
    var layers = new ArrayList<Event.Spectrum.Layer>();
    int known = start.size();
    Map<String, Linear> sites = Spectra.sites(model);
    model
        .attached()
        .layers()
        .forEach(
            (module, layer) -> {
              try (Scope work = Kernels.get().inference()) {
                measure(work, module, layer, sites.get(module)).ifPresent(layers::add);
              }
            });
    if (start.size() > known) {
      write();
    }
    return layers;
  }

  /** The model as it is now is what drift is measured against from here on. */
  public void checkpointSaved() {
    ofCheckpoint.close();
    ofCheckpoint = Kernels.get().inference();
    checkpoint.clear();
    model
        .attached()
        .layers()
        .forEach(
            (module, layer) -> {
              try (Scope work = Kernels.get().inference()) {
                layer
                    .product(work)
                    .map(update -> Columns.of(work, update))
                    .filter(columns -> columns.rank() > 0)
                    .ifPresent(
                        columns -> checkpoint.put(module, ofCheckpoint.adopt(columns.basis())));
              }
            });
  }

  /** One layer; nothing where it has no spectrum. */
  private Optional<Event.Spectrum.Layer> measure(
      Scope work, String module, TrainedLayer layer, Linear site) {
    var update = layer.product(work);
    if (update.isEmpty()) {
      return layer
          .singularValues(work)
          .map(values -> Spectra.layer(module, values.toFloatArray(), site));
    }
    var columns = Columns.of(work, update.get());
    if (columns.rank() > 0) {
      start.computeIfAbsent(module, _ -> kept.adopt(columns.basis()));
    }
    Double drift = drift(work, checkpoint.get(module), columns);
    List<Double> angles = angles(work, start.get(module), columns);
    return Optional.of(Spectra.layer(module, columns.values(), site, drift, angles));
  }

  /** 1 - |P' Q|^2 / min(p, q); null where there is nothing to compare with. */
  private static Double drift(Scope work, NDArray before, Columns now) {
    if (before == null || now.rank() == 0) {
      return null;
    }
    float[] cosines = work.call("column_cosines", before, now.basis()).toFloatArray();
    double shared = 0;
    for (float cosine : cosines) {
      shared += (double) cosine * cosine;
    }
    return Math.clamp(1 - shared / cosines.length, 0, 1);
  }

  private static List<Double> angles(Scope work, NDArray before, Columns now) {
    if (before == null || now.rank() == 0) {
      return null;
    }
    var angles = new ArrayList<Double>();
    for (float cosine : work.call("column_cosines", before, now.basis()).toFloatArray()) {
      angles.add(Math.toDegrees(Math.acos(Math.clamp(cosine, 0, 1))));
    }
    return angles;
  }

  private void write() {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    start.forEach(
        (module, basis) ->
            entries.put(
                module,
                new SafetensorsWriter.Entry(
                    "F32", basis.getShape().getShape(), basis::toFloatArray)));
    SafetensorsWriter.write(file, entries, Map.of());
  }

  private void read() {
    try (var stored = SafetensorsFile.open(file)) {
      stored
          .header()
          .tensors()
          .forEach(
              tensor -> {
                Values basis = stored.numbers(tensor.name());
                start.put(tensor.name(), kept.floats(basis.data(), basis.shape()));
              });
    }
  }

  @Override
  public void close() {
    kept.close();
    ofCheckpoint.close();
  }

  /**
   * Singular values of an update and the columns that span what it writes into.
   *
   * @param basis orthonormal [out, rank]
   */
  private record Columns(float[] values, int rank, NDArray basis) {
    static Columns of(Scope work, LowRank update) {
      List<NDArray> parts =
          work.callAll(
              "low_rank_columns", List.of(), update.a(), update.b(), work.scalar(update.s()));
      float[] values = parts.get(0).toFloatArray();
      int rank = 0;
      while (rank < values.length && values[rank] > NOISE * values[0]) {
        rank++;
      }
      return new Columns(
          values, rank, work.call("factor_part", parts.get(1), work.sizes(1, 0, rank)));
    }
  }
}
