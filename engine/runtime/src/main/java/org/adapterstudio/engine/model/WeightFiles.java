package org.adapterstudio.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.tensors.SafetensorsHeader;
import org.adapterstudio.contract.tensors.WeightsFile;

/** Where each parameter of a model folder is stored, found in the headers alone. */
record WeightFiles(Path folder, Map<String, Place> places) {
  private static final String MISMATCH =
      "Check that config.json and the safetensors files belong together.";

  /** Where a parameter is stored. */
  record Place(SafetensorsHeader header, SafetensorsHeader.Tensor tensor) {
    /** Bytes of its whole file. */
    long fileSize() {
      try {
        return Files.size(header.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads the headers of a folder's weights. */
  static WeightFiles read(Path folder) {
    var places = new LinkedHashMap<String, Place>();
    for (Path file : WeightsFile.ofModel(folder)) {
      SafetensorsHeader header = WeightsFile.header(file);
      header.tensors().forEach(tensor -> places.put(tensor.name(), new Place(header, tensor)));
    }
    return new WeightFiles(folder, places);
  }

  /** Whether a parameter is stored in this shape. */
  boolean has(String name, long[] shape) {
    return candidates(name)
        .map(places::get)
        .anyMatch(place -> place != null && Arrays.equals(stored(place), shape));
  }

  private static long[] stored(Place place) {
    return place.tensor().shape().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The place of a parameter, which must have the shape that the config asks for.
   *
   * @param hidden size of the stream by the config, for the message
   */
  Place find(String name, long[] shape, int hidden) {
    Place place =
        candidates(name)
            .filter(places::containsKey)
            .findFirst()
            .map(places::get)
            .orElseThrow(
                () ->
                    StudioException.badInput(
                        folder
                            + ": the weights have no tensor "
                            + name
                            + ", which config.json asks for.",
                        MISMATCH));
    long[] stored = stored(place);
    if (!Arrays.equals(stored, shape)) {
      throw StudioException.badInput(
          "%s: tensor %s has shape %s, but by config.json (hidden size %d) it must be %s."
              .formatted(
                  place.header().file(),
                  name,
                  Arrays.toString(stored),
                  hidden,
                  Arrays.toString(shape)),
          MISMATCH);
    }
    return place;
  }

  private Stream<String> candidates(String name) {
    return Stream.concat(spellings(name).stream(), underAnyModule(name));
  }

  /** A model without a head can be stored as part of one that had a head. */
  private Stream<String> underAnyModule(String name) {
    return places.keySet().stream()
        .filter(stored -> stored.contains("."))
        .map(stored -> stored.substring(0, stored.indexOf('.') + 1) + name);
  }

  /**
   * Older files leave out the outermost module, call a norm's numbers gamma and beta, or keep an
   * untied decoder's bias one module up.
   */
  private static List<String> spellings(String name) {
    var spellings = new ArrayList<String>(List.of(name));
    if (name.contains(".")) {
      spellings.add(name.substring(name.indexOf('.') + 1));
    }
    if (name.endsWith("LayerNorm.weight") || name.endsWith("LayerNorm.bias")) {
      String older = name.replaceFirst("weight$", "gamma").replaceFirst("bias$", "beta");
      spellings.add(older);
      spellings.add(older.substring(older.indexOf('.') + 1));
    }
    if (name.endsWith(".decoder.bias")) {
      spellings.add(name.replaceFirst("decoder\\.bias$", "bias"));
    }
    return spellings;
  }
}
