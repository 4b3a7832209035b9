package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * An adapter that started from a part of its base, as two folders: {@code base} holds W - s B0 A0,
 * {@code adapter} the trained A and B as a plain LoRA on it. The base rounds to the type it is
 * stored in.
 */
public final class ResidualPair {
  /** Name of the base's folder. */
  public static final String BASE = "base";

  /** Name of the adapter's folder. */
  public static final String ADAPTER = "adapter";

  private ResidualPair() {}

  /** Writes both; returns the weights' bytes. */
  public static long write(AdaptedModel model, Path folder, String card) {
    Path base = folder.resolve(BASE);
    long bytes;
    try (var rest = PlainLora.exactly(model, ResidualPair::missing, false)) {
      bytes = MergedModel.write(rest.model(), base, card);
    }
    Path adapter = folder.resolve(ADAPTER);
    try (var trained = PlainLora.exactly(model, (_, layer) -> trained(layer), true)) {
      bytes += AdapterFolder.write(trained.model(), adapter, card);
    }
    Path file = adapter.resolve("adapter_config.json");
    var config = (ObjectNode) Json.read(file);
    config.put("base_model_name_or_path", base.toAbsolutePath().normalize().toString());
    AtomicFile.write(file, Json.pretty(config));
    return bytes;
  }

  private static LowRank missing(Scope scope, TrainedLayer layer) {
    LowRank taken = taken(layer);
    return new LowRank(taken.a(), scope.call("scale", taken.b(), scope.scalar(-1)), taken.s());
  }

  private static LowRank trained(TrainedLayer layer) {
    var tensors = layer.tensors();
    return new LowRank(
        tensors.get("lora_A.weight"), tensors.get("lora_B.weight"), taken(layer).s());
  }

  private static LowRank taken(TrainedLayer layer) {
    return layer
        .taken()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "This adapter took nothing out of its base that a plain LoRA on the rest would"
                        + " bring back.",
                    "Export it as it is, or as a plain LoRA."));
  }
}
