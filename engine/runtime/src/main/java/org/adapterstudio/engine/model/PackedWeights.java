package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.MappedFile;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.PackedWeight;

/**
 * Weights of linear layers in the layout that products with many rows are fastest in, each made
 * when training first needs it. They stand beside the mapped file, once for each direction, so a
 * base whose packed weights would take more than a share of the machine's memory has none.
 */
final class PackedWeights implements AutoCloseable {
  /** Packed weights may take this share of the machine's memory. */
  private static final double SHARE = 0.2;

  /** Rows that products are prepared for; more or fewer are as right, only less exactly tuned. */
  private static final long ROWS = 512;

  private final Scope owner = Kernels.get().unrecorded();
  private final Map<String, WeightFiles.Place> places;
  private final Map<String, PackedWeight> made = new HashMap<>();

  /**
   * @param places of the parameters in the files
   */
  PackedWeights(Map<String, WeightFiles.Place> places) {
    this.places = places;
  }

  /** What the packed weights of some layers take: each once for either direction, in float32. */
  static long bytes(List<Linear> layers) {
    return layers.stream().mapToLong(site -> 2L * Float.BYTES * site.in() * site.out()).sum();
  }

  /** Packs some layers on a CPU, all of them or, where that is too much, none. */
  void prepare(List<Linear> layers, Function<Linear, String> parameter) {
    if (!Kernels.get().device().isCpu() || bytes(layers) > SHARE * memory()) {
      return;
    }
    for (Linear site : layers) {
      made.computeIfAbsent(parameter.apply(site), name -> pack(site, places.get(name)));
    }
  }

  /** The packed weight of a layer; empty where it was not prepared. */
  Optional<PackedWeight> of(String parameter) {
    return Optional.ofNullable(made.get(parameter));
  }

  /** Reads through a mapping of its own, so that the pages do not stay in memory afterwards. */
  private PackedWeight pack(Linear site, WeightFiles.Place place) {
    try (var file = new MappedFile(place.header(), place.fileSize());
        Scope work = Kernels.get().unrecorded()) {
      NDArray w = file.tensor(work, place.tensor(), "float32");
      NDArray rows = work.sizes(ROWS);
      String along = site.transposed() ? "pack_transposed" : "pack";
      String across = site.transposed() ? "pack" : "pack_transposed";
      return new PackedWeight(
          owner.adopt(work.call(along, w, rows)), owner.adopt(work.call(across, w, rows)));
    }
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  @Override
  public void close() {
    owner.close();
  }
}
