package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.tensors.SafetensorsHeader;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;

/** A base model: its config and its frozen parameters, mapped from safetensors files. */
public final class BaseModel implements AutoCloseable {
  private final Path folder;
  private final DecoderConfig config;
  private final Scope owner;
  private final List<MappedFile> files;
  private final Map<String, NDArray> parameters;
  private final String storedType;
  private final String compute;

  private BaseModel(
      Path folder,
      DecoderConfig config,
      Scope owner,
      List<MappedFile> files,
      Map<String, NDArray> parameters,
      String storedType,
      String compute) {
    this.compute = compute;
    this.folder = folder;
    this.config = config;
    this.owner = owner;
    this.files = files;
    this.parameters = parameters;
    this.storedType = storedType;
  }

  /** Where a parameter is stored. */
  private record Place(SafetensorsHeader header, SafetensorsHeader.Tensor tensor) {}

  /**
   * Loads a Hugging Face folder.
   *
   * @param compute type the forward pass works in: float32, bfloat16 or float16
   */
  public static BaseModel load(Path folder, String compute) {
    if (!List.of("float32", "bfloat16", "float16").contains(compute)) {
      throw StudioException.badInput(
          "\"" + compute + "\" is not a compute dtype.", "Use float32, bfloat16 or float16.");
    }
    DecoderConfig config = DecoderConfig.read(folder);
    Map<String, Place> places = places(folder);
    check(config, places, folder);
    Scope owner = Kernels.get().training();
    var files = new LinkedHashMap<Path, MappedFile>();
    var parameters = new LinkedHashMap<String, NDArray>();
    for (String name : config.parameters().keySet()) {
      Place place = places.get(name);
      MappedFile file =
          files.computeIfAbsent(
              place.header().file(), _ -> new MappedFile(place.header(), size(place)));
      parameters.put(name, file.tensor(owner, place.tensor(), compute));
    }
    String stored = places.get(DecoderConfig.EMBEDDING).tensor().dtype();
    return new BaseModel(
        folder, config, owner, List.copyOf(files.values()), parameters, stored, compute);
  }

  /** The Hugging Face folder it came from. */
  public Path folder() {
    return folder;
  }

  /** Its sizes. */
  public DecoderConfig config() {
    return config;
  }

  /** A parameter by name, frozen, in the compute type. */
  public NDArray parameter(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("No parameter " + name);
    }
    return parameter;
  }

  /** Whether the base has a parameter of this name. */
  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** All parameter names in the order of the network. */
  public List<String> names() {
    return List.copyOf(parameters.keySet());
  }

  /** The type the forward pass works in: float32, bfloat16 or float16. */
  public String compute() {
    return compute;
  }

  /** The type its weights are stored in: F32, BF16 or F16. */
  public String storedType() {
    return storedType;
  }

  /** Number of parameters, tied ones counted once. */
  public long parameterCount() {
    return config.parameters().values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  @Override
  public void close() {
    owner.close();
    files.forEach(MappedFile::close);
  }

  private static Map<String, Place> places(Path folder) {
    var places = new LinkedHashMap<String, Place>();
    for (Path file : weightFiles(folder)) {
      SafetensorsHeader header = SafetensorsHeader.read(file);
      header.tensors().forEach(tensor -> places.put(tensor.name(), new Place(header, tensor)));
    }
    return places;
  }

  private static List<Path> weightFiles(Path folder) {
    Path single = folder.resolve("model.safetensors");
    Path index = folder.resolve("model.safetensors.index.json");
    if (Files.exists(single)) {
      return List.of(single);
    }
    if (!Files.exists(index)) {
      throw StudioException.badInput(
          folder + " has neither model.safetensors nor model.safetensors.index.json.",
          "Only safetensors weights are read; a .bin or .pt file is code and is not opened.");
    }
    var names = new TreeSet<String>();
    for (JsonNode shard : Json.read(index).path("weight_map")) {
      String name = shard.asText();
      if (!Path.of(name).getFileName().toString().equals(name)) {
        throw StudioException.badInput(
            index + " names a shard outside its folder: " + name + ".",
            "Download the model again.");
      }
      names.add(name);
    }
    var files = new ArrayList<Path>();
    names.forEach(name -> files.add(folder.resolve(name)));
    return files;
  }

  private static void check(DecoderConfig config, Map<String, Place> places, Path folder) {
    config
        .parameters()
        .forEach(
            (name, shape) -> {
              Place place = places.get(name);
              if (place == null) {
                throw StudioException.badInput(
                    folder
                        + ": the weights have no tensor "
                        + name
                        + ", which config.json asks for.",
                    "Check that config.json and the safetensors files belong together.");
              }
              long[] stored = place.tensor().shape().stream().mapToLong(Long::longValue).toArray();
              if (!Arrays.equals(stored, shape)) {
                throw StudioException.badInput(
                    "%s: tensor %s has shape %s, but by config.json (hidden_size %d) it must be %s."
                        .formatted(
                            place.header().file(),
                            name,
                            Arrays.toString(stored),
                            config.hiddenSize(),
                            Arrays.toString(shape)),
                    "Check that config.json and the safetensors files belong together.");
              }
            });
  }

  private static long size(Place place) {
    try {
      return Files.size(place.header().file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
