package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.junit.jupiter.api.Test;

class PvpStartTest {
  /** Its rank and layers are those of the earlier adapter, its alpha need not be. */
  @Test
  void theFirstPassIsTheEarlierAdaptersWhateverTheScale() {
    Path earlier = Golden.folder("adapters/llama/lora");
    var config = Json.read(earlier.resolve("adapter_config.json"));
    var layers = new java.util.ArrayList<String>();
    config.path("target_modules").forEach(name -> layers.add(name.asText()));
    int rank = config.path("r").asInt();
    var settings =
        StartedLora.settings("pvp", rank, from(earlier), layers.toArray(String[]::new))
            .alpha(3.0 * rank);
    try (var lora = StartedLora.of(settings, Storage.plain("float32"), Optional.empty());
        var before = AdapterFolder.load(lora.model().base(), earlier)) {
      float[] wanted = logits(before);
      assertThat(Compare.maxDifference(wanted, lora.logits(true))).isLessThan(1e-5);
      assertThat(Compare.maxDifference(wanted, lora.logits(false))).isGreaterThan(1e-2);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("adapters/llama/pissa", 4, "not a plain LoRA");
    refused("adapters/llama/lora", 3, "has rank");
    refused("models/llama", 4, "adapter_model.safetensors");
    assertThatThrownBy(() -> StartedLora.of("pvp", Map.of()).close())
        .hasMessageContaining("names 0 folders");
  }

  private static void refused(String folder, int rank, String why) {
    var settings = StartedLora.settings("pvp", rank, from(Golden.folder(folder)), "q_proj");
    try (var base = StartedLora.open(Storage.plain("float32"))) {
      assertThatThrownBy(() -> AdaptedModel.attach(base, settings, 1)).hasMessageContaining(why);
    }
  }

  private static Map<String, JsonNode> from(Path folder) {
    return Map.of("from_adapter", Json.tree(List.of(folder.toString())));
  }

  private static float[] logits(AdaptedModel model) {
    try (var scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }
}
