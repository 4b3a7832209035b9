package org.adapterstudio.engine.export.dialect;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/** Writes an adapter into one file; what a dialect has no word for is refused by name. */
public final class SingleFileWriter {
  /** Tensors with as many rows as the rank. */
  private static final List<String> ROWS =
      List.of("lora_A.weight", "hada_w1_b", "lokr_w2_b", "lokr_w1_b");

  private final AdaptedModel model;
  private final Dialect dialect;
  private final Scope scope;
  private final SequencedMap<String, SafetensorsWriter.Entry> entries = new LinkedHashMap<>();
  private final Map<String, Double> alphas = new LinkedHashMap<>();

  private SingleFileWriter(AdaptedModel model, Dialect dialect, Scope scope) {
    this.model = model;
    this.dialect = dialect;
    this.scope = scope;
  }

  /** Writes a file; returns its bytes. */
  public static long write(AdaptedModel model, String dialect, Path file) {
    if (Files.exists(file)) {
      throw StudioException.badInput(file + " is there already.", "Choose another name.");
    }
    try (Scope scope = Kernels.get().inference()) {
      return new SingleFileWriter(model, Dialect.of(dialect), scope).write(file);
    }
  }

  private long write(Path file) {
    refuseWhole();
    model.attached().layers().forEach(this::layer);
    int rank = model.settings().rank();
    double alpha = alphas.values().iterator().next();
    String base = AdapterFolder.baseName(model.base());
    return SafetensorsWriter.write(
        file, entries, FileWords.written(dialect, base, rank, alpha, alphas));
  }

  /** Modules trained whole and what layers share have no place in such files. */
  private void refuseWhole() {
    var lost = new LinkedHashMap<String, NDArray>(model.attached().overrides());
    lost.putAll(model.attached().shared().trained());
    if (!lost.isEmpty() || model.attached().layers().isEmpty()) {
      throw StudioException.badInput(
          "%s cannot hold %s."
              .formatted(
                  dialect.title(),
                  lost.isEmpty() ? "this adapter" : String.join(", ", lost.keySet())),
          "Export it for PEFT, or merge it.");
    }
  }

  private void layer(String module, TrainedLayer layer) {
    String name = model.network().inMemory(module);
    refuseBeyondLinear(module, layer);
    if (layer.tensors().keySet().stream().allMatch(dialect.names()::containsKey)
        && layer.kept().isEmpty()
        && layer.scale().isPresent()) {
      kept(name, layer);
    } else {
      plain(name, layer);
    }
  }

  /** What would be lost, or taken for something else. */
  private void refuseBeyondLinear(String module, TrainedLayer layer) {
    boolean linear =
        model.network().linears().stream().anyMatch(site -> site.module().equals(module));
    String why = null;
    if (!linear) {
      why = "it is no linear layer";
    } else if (layer.biasChange(Pass.still(scope, model.weights())).isPresent()) {
      why = "its bias is moved too";
    } else if (layer.recoding().isPresent()) {
      why = "its base was coded anew for it";
    }
    if (why != null) {
      throw StudioException.badInput(
          "%s cannot hold what was trained of %s: %s.".formatted(dialect.title(), module, why),
          "Export it for PEFT, or merge it.");
    }
  }

  /** A layer whose tensors the dialect has words for. */
  private void kept(String name, TrainedLayer layer) {
    double s = layer.scale().getAsDouble();
    boolean whole =
        layer.tensors().containsKey("lokr_w2") && LokrShapes.whole(layer.tensors().keySet());
    layer
        .tensors()
        .forEach(
            (suffix, array) ->
                put(name, suffix, whole && suffix.equals("lokr_w2") ? times(array, s) : array));
    alpha(name, whole ? 1 : s, whole ? 1 : rows(layer));
  }

  private NDArray times(NDArray array, double factor) {
    return scope.call("scale", array, scope.scalar(factor));
  }

  private static long rows(TrainedLayer layer) {
    for (String rows : ROWS) {
      if (layer.tensors().containsKey(rows)) {
        return layer.tensors().get(rows).getShape().get(0);
      }
    }
    throw new IllegalStateException("No tensor of " + layer.tensors().keySet() + " has r rows");
  }

  /** Other methods go as the plain LoRA that they are, where they are one. */
  private void plain(String name, TrainedLayer layer) {
    Optional<LowRank> plain = layer.plain(Pass.still(scope, model.weights()));
    if (plain.isEmpty()) {
      throw StudioException.badInput(
          "%s has no form for the method %s, and its update is no plain LoRA."
              .formatted(dialect.title(), model.settings().method()),
          "Export it for PEFT, or merge it.");
    }
    LowRank update = plain.get();
    put(name, "lora_A.weight", update.a());
    put(name, "lora_B.weight", update.b());
    alpha(name, update.s(), update.a().getShape().get(0));
  }

  private void put(String module, String suffix, NDArray array) {
    String key =
        dialect
            .key(module, suffix)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        dialect.title() + " has no word for " + suffix + ".",
                        "Export it for PEFT, or merge it."));
    long[] shape = array.getShape().getShape();
    boolean column = suffix.equals("lora_magnitude_vector") && key.endsWith("dora_scale");
    var entry = AdapterFolder.entry(Kept.of(array));
    entries.put(
        key,
        column
            ? new SafetensorsWriter.Entry("F32", new long[] {shape[0], 1}, entry.values())
            : entry);
  }

  /** alpha / r is the scale, whatever rule made the scale. */
  private void alpha(String module, double scale, long rank) {
    double alpha = scale * rank;
    alphas.put(module, alpha);
    if (dialect.alpha()) {
      entries.put(
          dialect.alphaKey(module),
          new SafetensorsWriter.Entry("F32", new long[] {}, () -> new float[] {(float) alpha}));
    }
  }
}
