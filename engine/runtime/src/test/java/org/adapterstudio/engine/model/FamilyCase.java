package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.opentest4j.TestAbortedException;

/**
 * A tiny model of a family with inputs and labels, and ways to store it differently.
 *
 * @param name for messages
 */
record FamilyCase(String name, Path folder) {
  /** Heads and switches of a family beside its first case. */
  private static final List<String> VARIANTS =
      List.of(
          "bert_masked_lm",
          "roberta_masked_lm",
          "distilbert_masked_lm",
          "deberta_v2_unshared",
          "deberta_v2_masked_lm_new_head",
          "gpt_neox_sequential",
          "opt_350m",
          "llama_mixed");

  /** One case of every family there is; a family without one fails here. */
  static Stream<FamilyCase> all() {
    var cases = new ArrayList<FamilyCase>();
    ModelFamilies.keys().forEach(key -> of(key).ifPresent(cases::add));
    VARIANTS.forEach(name -> cases.add(new FamilyCase(name, Golden.selfMade(name))));
    return cases.stream();
  }

  /** Nothing where the case is of the golden set and that is not here. */
  private static Optional<FamilyCase> of(String key) {
    String name = key.replace('-', '_');
    Path own = Golden.selfMade(name);
    try {
      Path folder = Files.isDirectory(own) ? own : Golden.folder("models/" + name);
      assertThat(folder).as("a reference case of the family " + key).isDirectory();
      return Optional.of(new FamilyCase(key, folder));
    } catch (TestAbortedException e) {
      return Optional.empty();
    }
  }

  /** The case's inputs and labels through a base. Where it has no labels each row's is 0. */
  FamilyPass pass(BaseModel base) {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
      Inputs in = InputFile.read(file, base.network());
      return new FamilyPass(
          base, in, file.has("labels") ? file.longs("labels") : new long[in.rows()]);
    }
  }

  /** Whether its inputs are tokens. */
  boolean readsText() {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
      return file.has("input_ids");
    }
  }

  /** The same weights in one file of another type. */
  Path stored(Path to, String dtype) {
    SafetensorsWriter.write(
        fresh(to).resolve("model.safetensors"), entries(dtype), Map.of("format", "pt"));
    return to;
  }

  /** The same weights in two files with an index. */
  Path sharded(Path to) {
    var shards = List.of(entries("F32"), entries("F32"));
    var index = Json.object();
    ObjectNode map = index.putObject("weight_map");
    var names = List.copyOf(shards.getFirst().keySet());
    fresh(to);
    for (int shard = 0; shard < 2; shard++) {
      String file = "model-0000%d-of-00002.safetensors".formatted(shard + 1);
      for (int i = 0; i < names.size(); i++) {
        if (i % 2 == shard) {
          map.put(names.get(i), file);
        } else {
          shards.get(shard).remove(names.get(i));
        }
      }
      SafetensorsWriter.write(to.resolve(file), shards.get(shard), Map.of());
    }
    write(to.resolve("model.safetensors.index.json"), Json.pretty(index));
    return to;
  }

  /** The same network, each shared weight stored a second time as the layer's own. */
  Path untied(Path to) {
    var entries = entries("F32");
    try (var base = BaseModel.load(folder, "float32")) {
      for (Linear site : base.network().linears()) {
        site.shares().ifPresent(shared -> entries.put(site.weight(), entries.get(shared)));
      }
    }
    SafetensorsWriter.write(fresh(to).resolve("model.safetensors"), entries, Map.of());
    var config = (ObjectNode) Json.read(to.resolve("config.json"));
    write(to.resolve("config.json"), Json.pretty(config.put("tie_word_embeddings", false)));
    return to;
  }

  private SequencedMap<String, SafetensorsWriter.Entry> entries(String dtype) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    try (var base = BaseModel.load(folder, "float32")) {
      base.network()
          .parameters()
          .forEach(
              (name, shape) -> {
                float[] values = base.parameter(name).toFloatArray();
                entries.put(name, new SafetensorsWriter.Entry(dtype, shape, () -> values));
              });
    }
    return entries;
  }

  private Path fresh(Path to) {
    try {
      Files.createDirectories(to);
      Files.copy(folder.resolve("config.json"), to.resolve("config.json"));
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
