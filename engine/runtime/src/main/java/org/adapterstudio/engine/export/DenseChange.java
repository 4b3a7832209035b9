package org.adapterstudio.engine.export;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/**
 * What a method changed in its base, parameter by parameter: {@code delta.safetensors} holds W' - W
 * in float32 under the parameter's own name and in its own layout, for those that changed. W is
 * what the base's files hold: the change of a quantized base includes what quantizing lost.
 */
public final class DenseChange {
  /** Name of the file. */
  public static final String FILE = "delta.safetensors";

  private DenseChange() {}

  /** Writes the changes; returns their bytes. */
  public static long write(AdaptedModel model, Path folder, String card) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    var merged = MergedModel.weights(model);
    merged.forEach(
        (name, weight) -> {
          if (changed(model, name, weight)) {
            entries.put(
                name,
                new SafetensorsWriter.Entry(
                    "F32", weight.shape(), () -> change(model, name, weight)));
          }
        });
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(folder.resolve("README.md"), card);
    return SafetensorsWriter.write(
        folder.resolve(FILE),
        entries,
        Map.of("format", "pt", "form", "delta", "base", AdapterFolder.baseName(model.base())));
  }

  private static boolean changed(AdaptedModel model, String parameter, MergedModel.Weight merged) {
    String module = parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
    boolean adapted = model.attached().layers().containsKey(module);
    if (model.base().storage().quantization() != Quantization.NONE) {
      return model.base().has(parameter) && moved(change(model, parameter, merged));
    }
    if (!model.base().has(parameter) || model.attached().overrides().containsKey(parameter)) {
      return model.base().has(parameter);
    }
    return adapted && (!parameter.endsWith(".bias") || moved(change(model, parameter, merged)));
  }

  /** Few methods change a bias. */
  private static boolean moved(float[] change) {
    for (float value : change) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private static float[] change(AdaptedModel model, String name, MergedModel.Weight merged) {
    float[] values = merged.values().get();
    try (Scope scope = Kernels.get().inference();
        Lent stored = model.base().stored(scope, name)) {
      float[] before = stored.array().toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] -= before[i];
      }
    }
    return values;
  }

  /** A base with written changes added in float32, as a model whose every parameter is its own. */
  public static AdaptedModel load(BaseModel base, Path folder) {
    AdaptedModel whole = AdaptedModel.attach(base, Recipe.Adapter.of("full"), 0);
    try (Scope work = Kernels.get().inference()) {
      Map<String, Values> changes = AdapterFolder.tensors(folder.resolve(FILE));
      changes.forEach(
          (name, values) -> {
            NDArray parameter = whole.attached().overrides().get(name);
            NDArray change = work.floats(values.data(), values.shape());
            work.call("assign", parameter, work.call("add", parameter, change));
          });
      return whole;
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }
}
