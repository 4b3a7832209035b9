package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.PackedWeight;
import org.adapterstudio.engine.model.pass.Parameters;

/** A base model: its network and its frozen parameters, mapped from safetensors files. */
public final class BaseModel implements Parameters, AutoCloseable {
  private final Path folder;
  private final Network network;
  private final Scope owner;
  private final List<MappedFile> files;
  private final Map<String, NDArray> parameters;
  private final PackedWeights packed;
  private final String storedType;
  private final String compute;

  private BaseModel(
      Path folder,
      Network network,
      Scope owner,
      List<MappedFile> files,
      Map<String, NDArray> parameters,
      PackedWeights packed,
      String storedType,
      String compute) {
    this.folder = folder;
    this.network = network;
    this.owner = owner;
    this.files = files;
    this.parameters = parameters;
    this.packed = packed;
    this.storedType = storedType;
    this.compute = compute;
  }

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
    Network network = Networks.read(folder);
    WeightFiles weights = WeightFiles.read(folder);
    var places = new LinkedHashMap<String, WeightFiles.Place>();
    int hidden = network.sizes().hidden();
    network
        .parameters()
        .forEach((name, shape) -> places.put(name, weights.find(name, shape, hidden)));
    Scope owner = Kernels.get().training();
    var files = new LinkedHashMap<Path, MappedFile>();
    var parameters = new LinkedHashMap<String, NDArray>();
    places.forEach(
        (name, place) -> {
          MappedFile file =
              files.computeIfAbsent(
                  place.header().file(), _ -> new MappedFile(place.header(), place.fileSize()));
          parameters.put(name, file.tensor(owner, place.tensor(), compute));
        });
    String stored = places.firstEntry().getValue().tensor().dtype();
    var packed = new PackedWeights(places, network.linears());
    return new BaseModel(
        folder, network, owner, List.copyOf(files.values()), parameters, packed, stored, compute);
  }

  /** The Hugging Face folder it came from. */
  public Path folder() {
    return folder;
  }

  /** Its parts and sizes. */
  public Network network() {
    return network;
  }

  @Override
  public NDArray parameter(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("No parameter " + name);
    }
    return parameter;
  }

  @Override
  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** All parameter names in the order of the network. */
  public List<String> names() {
    return List.copyOf(parameters.keySet());
  }

  @Override
  public Optional<PackedWeight> packed(Linear site) {
    return packed.of(site.weightIn(this));
  }

  /** Lays out frozen layers for training on many rows, where that pays and memory allows it. */
  public void prepare(List<Linear> frozen) {
    if (compute.equals("float32")) {
      frozen.forEach(site -> packed.prepare(site, site.weightIn(this)));
    }
  }

  @Override
  public String compute() {
    return compute;
  }

  /** The type its weights are stored in: F32, BF16 or F16. */
  public String storedType() {
    return storedType;
  }

  @Override
  public void close() {
    packed.close();
    owner.close();
    files.forEach(MappedFile::close);
  }
}
