package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.PackedWeight;
import org.adapterstudio.engine.model.pass.Parameters;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.quant.Quantizer;

/** A base model: its network and its frozen parameters, mapped from safetensors files. */
public final class BaseModel implements Parameters, AutoCloseable {
  private final Path folder;
  private final Network network;
  private final Purpose purpose;
  private final Storage storage;
  private final Places places;
  private final Scope owner = Kernels.get().training();
  private final Map<Path, MappedFile> files = new LinkedHashMap<>();
  private final SequencedMap<String, Kept> parameters = new LinkedHashMap<>();
  private final PackedWeights packed;

  private BaseModel(Path folder, Network network, Purpose purpose, Storage storage, Places places) {
    this.folder = folder;
    this.network = network;
    this.purpose = purpose;
    this.storage = storage;
    this.places = places;
    this.packed = new PackedWeights(places.stored());
  }

  /**
   * Where the parameters come from.
   *
   * @param stored in the folder's files
   * @param fresh shapes of those of a new head
   */
  private record Places(
      SequencedMap<String, WeightFiles.Place> stored, SequencedMap<String, long[]> fresh) {
    static Places of(Path folder, Network network) {
      WeightFiles weights = WeightFiles.read(folder);
      var places = new Places(new LinkedHashMap<>(), new LinkedHashMap<>());
      int hidden = network.sizes().hidden();
      network
          .parameters()
          .forEach(
              (name, shape) -> {
                if (network.replaceable().contains(name) && !weights.has(name, shape)) {
                  places.fresh.put(name, shape);
                } else {
                  places.stored.put(name, weights.find(name, shape, hidden));
                }
              });
      return places;
    }
  }

  /** Hears how many parameters are loaded. */
  @FunctionalInterface
  public interface Progress {
    /** Nobody listens. */
    Progress NONE = (_, _) -> {};

    /** Called after each parameter. */
    void loaded(int done, int total);
  }

  /** Loads a Hugging Face folder for what it was saved for, whole and in one type. */
  public static BaseModel load(Path folder, String compute) {
    return load(folder, Storage.plain(compute), Purpose.AS_STORED);
  }

  /** Loads a Hugging Face folder for a purpose that it was saved for. */
  public static BaseModel load(Path folder, Storage storage, Purpose purpose) {
    return load(folder, storage, purpose, 0, Progress.NONE);
  }

  /**
   * Loads a Hugging Face folder, one parameter after another.
   *
   * @param purpose whose head starts afresh where the folder has none that fits
   * @param seed of such a head's first numbers
   */
  public static BaseModel load(
      Path folder, Storage storage, Purpose purpose, long seed, Progress progress) {
    Network network = Networks.read(folder, purpose);
    var base = new BaseModel(folder, network, purpose, storage, Places.of(folder, network));
    try {
      NativeHeap.apart(() -> base.fill(progress));
      base.draw(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
      return base;
    } catch (RuntimeException e) {
      base.close();
      throw e;
    }
  }

  /**
   * Bytes a base takes.
   *
   * @param own in the process's own memory
   * @param mapped used where the file is mapped
   */
  public record Held(long own, long mapped) {
    private Held and(Held other) {
      return new Held(own + other.own, mapped + other.mapped);
    }
  }

  /**
   * What a base would hold on the CPU while adapters are trained on it, by the headers of the
   * folder's files alone.
   *
   * @param frozen layers that are not trained themselves
   */
  public static Held held(Path folder, Network network, Storage storage, List<Linear> frozen) {
    Places places = Places.of(folder, network);
    Map<String, Linear> layers = layers(network);
    var held = new Held(places.fresh().values().stream().mapToLong(storage::bytes).sum(), 0);
    for (var entry : places.stored().entrySet()) {
      var tensor = entry.getValue().tensor();
      Linear layer = layers.get(entry.getKey());
      boolean coded = layer != null && storage.quantization() != Quantization.NONE;
      boolean mapped = storage.storedAs(tensor.dtype()) || layer != null && storage.offload();
      if (coded) {
        held = held.and(new Held(storage.quantization().bytes(layer.out(), layer.in()), 0));
      } else if (mapped) {
        held = held.and(new Held(0, tensor.bytes()));
      } else {
        held = held.and(new Held(storage.bytes(network.parameters().get(entry.getKey())), 0));
      }
    }
    boolean packed = storage.packs() && PackedWeights.affordable(frozen);
    return packed ? held.and(new Held(PackedWeights.bytes(frozen), 0)) : held;
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
    return places.fresh().keySet();
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

  /** A parameter as the folder's files hold it, in float32, whatever it is kept as. */
  public Lent stored(Scope scope, String name) {
    WeightFiles.Place place = places.stored().get(name);
    if (place == null) {
      throw new IllegalArgumentException("No file holds " + name);
    }
    return new Kept.Stored(file(place).stored(scope, place.tensor())).lend(scope, "float32");
  }

  @Override
  public Optional<PackedWeight> packed(Linear site) {
    return packed.of(site.weightIn(this));
  }

  /** Lays frozen layers out for training on many rows, where that pays and memory allows it. */
  public void prepare(List<Linear> frozen) {
    if (storage.packs()) {
      NativeHeap.apart(() -> packed.prepare(frozen, site -> site.weightIn(this)));
    }
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

  /** The type its weights are stored in, F32, BF16 or F16; that of the first where they differ. */
  public String storedType() {
    return places.stored().firstEntry().getValue().tensor().dtype();
  }

  /** The type a parameter is stored in; that of the first where it is not stored. */
  public String storedType(String name) {
    WeightFiles.Place place = places.stored().get(name);
    return place == null ? storedType() : place.tensor().dtype();
  }

  @Override
  public void close() {
    packed.close();
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

  private void fill(Progress progress) {
    Map<String, Linear> layers = layers(network);
    Quantizer quantizer =
        storage.quantization() == Quantization.NONE
            ? null
            : new Quantizer(storage.quantization(), owner);
    places
        .stored()
        .forEach(
            (name, place) -> {
              Linear layer = layers.get(name);
              parameters.put(name, layer == null ? resident(place) : held(place, layer, quantizer));
              progress.loaded(parameters.size(), places.stored().size());
            });
  }

  /** A head's first numbers: normal with deviation 0.02 for matrices, 1 for norms, 0 for biases. */
  private void draw(RandomGenerator random) {
    places
        .fresh()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
              boolean norm = shape.length == 1 && name.endsWith(".weight");
              Arrays.fill(values, norm ? 1f : 0f);
              for (int i = 0; shape.length > 1 && i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * 0.02);
              }
              try (Scope work = Kernels.get().unrecorded()) {
                NDArray drawn = work.call("to_" + storage.compute(), work.floats(values, shape));
                parameters.put(name, new Kept.Resident(owner.adopt(drawn)));
              }
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
      NDArray view = work.call("to_device", file(place).stored(work, place.tensor()));
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
