package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Parameters;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.quant.Quantizer;

/** A base model: its network and its frozen parameters, mapped from safetensors files. */
public final class BaseModel implements Parameters, AutoCloseable {
  private final Path folder;
  private final Network network;
  private final Storage storage;
  private final String storedType;
  private final Scope owner = Kernels.get().training();
  private final Map<Path, MappedFile> files = new LinkedHashMap<>();
  private final SequencedMap<String, Kept> parameters = new LinkedHashMap<>();

  private BaseModel(Path folder, Network network, Storage storage, String storedType) {
    this.folder = folder;
    this.network = network;
    this.storage = storage;
    this.storedType = storedType;
  }

  /** Hears how many parameters are loaded. */
  @FunctionalInterface
  public interface Progress {
    /** Called after each parameter. */
    void loaded(int done, int total);
  }

  /** Loads a Hugging Face folder to compute in float32, bfloat16 or float16. */
  public static BaseModel load(Path folder, String compute) {
    return load(folder, Storage.plain(compute), (_, _) -> {});
  }

  /** Loads a Hugging Face folder, one parameter after another. */
  public static BaseModel load(Path folder, Storage storage, Progress progress) {
    Network network = Networks.read(folder);
    WeightFiles weights = WeightFiles.read(folder);
    var places = new LinkedHashMap<String, WeightFiles.Place>();
    int hidden = network.sizes().hidden();
    network
        .parameters()
        .forEach((name, shape) -> places.put(name, weights.find(name, shape, hidden)));
    String stored = places.firstEntry().getValue().tensor().dtype();
    var base = new BaseModel(folder, network, storage, stored);
    try {
      base.fill(places, progress);
      return base;
    } catch (RuntimeException e) {
      base.close();
      throw e;
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

  /** How it is held. */
  public Storage storage() {
    return storage;
  }

  @Override
  public NDArray parameter(String name) {
    if (kept(name) instanceof Kept.Resident(NDArray array)) {
      return array;
    }
    throw new IllegalStateException(name + " is not held in the compute type");
  }

  @Override
  public Lent lend(Scope scope, String name) {
    return kept(name).lend(scope, storage.compute());
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
    return storage.compute();
  }

  /** The type its weights are stored in: F32, BF16 or F16. */
  public String storedType() {
    return storedType;
  }

  @Override
  public void close() {
    owner.close();
    files.values().forEach(MappedFile::close);
  }

  private Kept kept(String name) {
    Kept kept = parameters.get(name);
    if (kept == null) {
      throw new IllegalArgumentException("No parameter " + name);
    }
    return kept;
  }

  private void fill(SequencedMap<String, WeightFiles.Place> places, Progress progress) {
    Map<String, Linear> layers = layers(network);
    Quantizer quantizer =
        storage.quantization() == Quantization.NONE
            ? null
            : new Quantizer(storage.quantization(), owner);
    places.forEach(
        (name, place) -> {
          Linear layer = layers.get(name);
          parameters.put(name, layer == null ? resident(place) : held(place, layer, quantizer));
          progress.loaded(parameters.size(), places.size());
        });
  }

  /** Weights of linear layers inside blocks, by name: the head is none, nor is a shared weight. */
  static Map<String, Linear> layers(Network network) {
    var layers = new LinkedHashMap<String, Linear>();
    for (Linear site : network.linears()) {
      if (!network.heads().contains(site) && site.shares().isEmpty()) {
        layers.put(site.weight(), site);
      }
    }
    return layers;
  }

  private Kept resident(WeightFiles.Place place) {
    return new Kept.Resident(file(place).tensor(owner, place.tensor(), storage.compute()));
  }

  private Kept held(WeightFiles.Place place, Linear layer, Quantizer quantizer) {
    if (storage.offload()) {
      return new Kept.Stored(file(place).stored(owner, place.tensor()));
    }
    if (quantizer == null) {
      return resident(place);
    }
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray view = file(place).stored(work, place.tensor());
      return new Kept.Coded(
          layer.transposed()
              ? quantizer.packTransposed(view, layer.out(), layer.in())
              : quantizer.pack(view, layer.shape()));
    }
  }

  private MappedFile file(WeightFiles.Place place) {
    return files.computeIfAbsent(
        place.header().file(), _ -> new MappedFile(place.header(), place.fileSize()));
  }
}
