package org.adapterstudio.contract.tensors;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** Files of weights in whichever format they are, and the names that such files go by. */
public final class WeightsFile {
  private static final String INDEX = ".index.json";

  /** Names of a model's weights; earlier ones win. */
  private static final List<String> MODEL = List.of("model.safetensors", "pytorch_model.bin");

  private WeightsFile() {}

  /** Names, types and places of the tensors of a safetensors file or a PyTorch file. */
  public static SafetensorsHeader header(Path file) {
    return isTorch(file) ? TorchFile.read(file).header() : SafetensorsHeader.read(file);
  }

  /** Whether a file is to be read as PyTorch's, by its name or its first bytes. */
  public static boolean isTorch(Path file) {
    boolean named = file.toString().matches(".*\\.(bin|pt|pth)");
    return !isSafetensors(file) && (named || TorchFile.is(file));
  }

  private static boolean isSafetensors(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  /**
   * Every file of weights in a folder, in order of name; PyTorch's only where there is no other.
   */
  public static List<Path> all(Path folder) {
    try (var children = Files.list(folder)) {
      List<Path> files = children.sorted().toList();
      List<Path> safe = files.stream().filter(WeightsFile::isSafetensors).toList();
      return safe.isEmpty()
          ? files.stream()
              .filter(f -> f.getFileName().toString().matches("(pytorch|adapter)_model.*\\.bin"))
              .toList()
          : safe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The weights of an adapter's folder; where there are none, the name they should have. */
  public static Path ofAdapter(Path folder) {
    Path safe = folder.resolve("adapter_model.safetensors");
    Path pickled = folder.resolve("adapter_model.bin");
    return Files.exists(safe) || !Files.exists(pickled) ? safe : pickled;
  }

  /** The weights of a model's folder, one file or the shards that its index names. */
  public static List<Path> ofModel(Path folder) {
    for (String name : MODEL) {
      Path index = folder.resolve(name + INDEX);
      if (Files.exists(folder.resolve(name))) {
        return List.of(folder.resolve(name));
      }
      if (Files.exists(index)) {
        return shards(index);
      }
    }
    throw StudioException.badInput(
        "%s has neither %s, nor an index of either.".formatted(folder, String.join(" nor ", MODEL)),
        "Fetch the model's weights, best as safetensors.");
  }

  /** The files that an index names, in order of name; all of them lie beside it. */
  public static List<Path> shards(Path index) {
    var names = new TreeSet<String>();
    for (JsonNode shard : Json.read(index).path("weight_map")) {
      String name = shard.asText();
      if (!name.matches("[^/\\\\\\p{Cntrl}\\p{Cs}:]{1,255}") || name.startsWith("..")) {
        throw StudioException.badInput(
            index + " names a shard outside its folder: " + shard + ".",
            "Download the model again.");
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw StudioException.badInput(
          index + " names no file of weights.", "Download the model again.");
    }
    Path folder = index.toAbsolutePath().getParent();
    return names.stream().map(folder::resolve).toList();
  }

  /**
   * Refuses a file where a model's folder is wanted, and says what a file of PyTorch is good for.
   */
  public static void requireFolder(Path model) {
    if (Files.isRegularFile(model)) {
      boolean torch = TorchFile.is(model);
      throw StudioException.badInput(
          model
              + (torch
                  ? " is a PyTorch file, which may hold a program; none is run here."
                  : " is a file, not a model's folder."),
          (torch ? "`studio tensors " + model + "` lists its tensors. " : "")
              + "Give the folder with config.json and the weights.");
    }
  }
}
