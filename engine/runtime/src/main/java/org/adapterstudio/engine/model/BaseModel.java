package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.pass.Parameters;

/** A base model: its network and its frozen parameters, mapped from safetensors files. */
public final class BaseModel implements Parameters, AutoCloseable {
  private final Path folder;
  private final Network network;
  private final Purpose purpose;
  private final Set<String> fresh;
  private final Scope owner;
  private final List<MappedFile> files;
  private final Map<String, NDArray> parameters;
  private final String storedType;
  private final String compute;

  private BaseModel(
      Path folder,
      Network network,
      Purpose purpose,
      Set<String> fresh,
      Scope owner,
      List<MappedFile> files,
      Map<String, NDArray> parameters,
      String storedType,
      String compute) {
    this.folder = folder;
    this.network = network;
    this.purpose = purpose;
    this.fresh = fresh;
    this.owner = owner;
    this.files = files;
    this.parameters = parameters;
    this.storedType = storedType;
    this.compute = compute;
  }

  /** Loads a Hugging Face folder for what it was saved for. */
  public static BaseModel load(Path folder, String compute) {
    return load(folder, compute, Purpose.AS_STORED, 0);
  }

  /**
   * Loads a Hugging Face folder.
   *
   * @param compute type the forward pass works in: float32, bfloat16 or float16
   * @param purpose whose head starts afresh where the folder has none that fits
   * @param seed of such a head's first numbers
   */
  public static BaseModel load(Path folder, String compute, Purpose purpose, long seed) {
    if (!List.of("float32", "bfloat16", "float16").contains(compute)) {
      throw StudioException.badInput(
          "\"" + compute + "\" is not a compute dtype.", "Use float32, bfloat16 or float16.");
    }
    Network network = Networks.read(folder, purpose);
    WeightFiles weights = WeightFiles.read(folder);
    var places = new LinkedHashMap<String, WeightFiles.Place>();
    int hidden = network.sizes().hidden();
    var fresh = new LinkedHashMap<String, long[]>();
    network
        .parameters()
        .forEach(
            (name, shape) -> {
              if (network.replaceable().contains(name) && !weights.has(name, shape)) {
                fresh.put(name, shape);
              } else {
                places.put(name, weights.find(name, shape, hidden));
              }
            });
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
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    fresh.forEach((name, shape) -> parameters.put(name, drawn(owner, random, shape, compute)));
    String stored = places.firstEntry().getValue().tensor().dtype();
    return new BaseModel(
        folder,
        network,
        purpose,
        Set.copyOf(fresh.keySet()),
        owner,
        List.copyOf(files.values()),
        parameters,
        stored,
        compute);
  }

  /** A head's first numbers: normal with deviation 0.02 for matrices, else 0. */
  private static NDArray drawn(Scope owner, RandomGenerator random, long[] shape, String compute) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; shape.length > 1 && i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * 0.02);
    }
    try (Scope work = Kernels.get().training()) {
      return owner.adopt(work.call("to_" + compute, work.floats(values, shape)));
    }
  }

  /** The Hugging Face folder it came from. */
  public Path folder() {
    return folder;
  }

  /** Its parts and sizes. */
  public Network network() {
    return network;
  }

  /** What it was loaded for. */
  public Purpose purpose() {
    return purpose;
  }

  /** Parameters that the folder did not have; they must be trained. */
  public Set<String> fresh() {
    return fresh;
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
  public String compute() {
    return compute;
  }

  /** The type its weights are stored in: F32, BF16 or F16. */
  public String storedType() {
    return storedType;
  }

  @Override
  public void close() {
    owner.close();
    files.forEach(MappedFile::close);
  }
}
