package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.quant.Quantization;

/**
 * The base an adapter was trained on, as far as its folder tells: its own {@code base.json}, the
 * recipe of the run it lies in, or a config of PEFT.
 *
 * @param base its name or path; empty where nothing is said
 * @param quantization of it; empty where nothing is said
 */
public record MadeFor(String base, Optional<Quantization> quantization) {
  static final String FILE = "base.json";

  /** How many folders up a run's recipe is looked for: an adapter's, a checkpoint's. */
  private static final int UP = 2;

  /** What is written beside an adapter. */
  private record Told(String base, String quantization) {}

  /** What an adapter's folder, a checkpoint or a file says. */
  public static MadeFor of(Path adapter) {
    if (Files.exists(adapter.resolve(FILE))) {
      Told told = Json.as(Json.read(adapter.resolve(FILE)), Told.class);
      return new MadeFor(told.base, Optional.of(Quantization.of(told.quantization)));
    }
    return recipe(adapter)
        .map(recipe -> recipe.model())
        .map(model -> new MadeFor(model.path(), Optional.of(Quantization.of(model.quantization()))))
        .orElseGet(() -> peft(adapter));
  }

  /** The recipe of the run that an adapter or a checkpoint lies in. */
  private static Optional<Recipe> recipe(Path adapter) {
    Path folder = adapter.toAbsolutePath().normalize().getParent();
    for (int up = 0; up < UP && folder != null; up++, folder = folder.getParent()) {
      Path file = folder.resolve("recipe.json");
      if (Files.exists(file) && Files.exists(folder.resolve("events.jsonl"))) {
        return Optional.of(RecipeFile.read(file));
      }
    }
    return Optional.empty();
  }

  /** PEFT's LoftQ alone tells how its base was held. */
  private static MadeFor peft(Path adapter) {
    if (!AdapterFolder.is(adapter)) {
      return new MadeFor("", Optional.empty());
    }
    JsonNode config = AdapterFolder.config(adapter);
    boolean loftq = config.path("init_lora_weights").asText().equals("loftq");
    return new MadeFor(
        config.path("base_model_name_or_path").asText(""),
        loftq ? loftq(config.path("loftq_config").path("loftq_bits")) : Optional.empty());
  }

  private static Optional<Quantization> loftq(JsonNode bits) {
    return switch (bits.asText("4")) {
      case "4" -> Optional.of(Quantization.NF4);
      case "8" -> Optional.of(Quantization.INT8);
      default -> Optional.empty();
    };
  }

  /** Writes what an adapter's folder says of a base. */
  static void write(BaseModel base, Path folder) {
    var told = new Told(AdapterFolder.baseName(base), base.storage().quantization().key());
    AtomicFile.write(folder.resolve(FILE), Json.pretty(told));
  }
}
