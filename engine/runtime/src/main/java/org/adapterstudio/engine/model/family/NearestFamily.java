package org.adapterstudio.engine.model.family;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.adapterstudio.contract.tensors.SafetensorsHeader;
import org.adapterstudio.contract.tensors.WeightsFile;

/**
 * The known family whose modules the weights of an unknown model resemble most, to say what
 * differs.
 *
 * @param missing modules of that family that the weights lack
 * @param extra modules of the weights' first layer that the family does not have
 */
record NearestFamily(ModelFamily family, List<String> missing, List<String> extra) {
  private static final int LISTED = 5;

  /** What differs, as a sentence; empty where nothing can be compared. */
  static String sentence(Path folder) {
    Set<String> modules = modules(folder);
    if (modules.isEmpty()) {
      return "";
    }
    NearestFamily best = null;
    for (String key : ModelFamilies.keys()) {
      NearestFamily one = compare(ModelFamilies.find(key).orElseThrow(), modules);
      best = best == null || one.distance() < best.distance() ? one : best;
    }
    if (best.missing.size() > best.family.names().size() / 2) {
      return " Its weights resemble none of these.";
    }
    return " Its weights come nearest to %s, but they lack %s and have %s besides."
        .formatted(best.family.key(), listed(best.missing), listed(best.extra));
  }

  private int distance() {
    return missing.size() + extra.size();
  }

  private static NearestFamily compare(ModelFamily family, Set<String> modules) {
    var own = new TreeSet<String>();
    String block = family.names().getOrDefault("block", "").replace("{i}", "0");
    family.names().values().stream()
        .filter(name -> !name.isEmpty() && !name.contains("{i}"))
        .forEach(name -> own.add(modules.contains(block + "." + name) ? block + "." + name : name));
    var missing = new ArrayList<>(own);
    missing.removeIf(modules::contains);
    var extra = new ArrayList<>(modules);
    extra.removeAll(own);
    return new NearestFamily(family, missing, extra);
  }

  /** Modules outside layers and in the first one. */
  private static Set<String> modules(Path folder) {
    var modules = new TreeSet<String>();
    try {
      for (Path file : WeightsFile.all(folder)) {
        for (SafetensorsHeader.Tensor tensor : WeightsFile.header(file).tensors()) {
          String name = tensor.name();
          if (name.contains(".") && !name.matches(".*\\.[1-9]\\d*\\..*")) {
            modules.add(name.substring(0, name.lastIndexOf('.')));
          }
        }
      }
    } catch (UncheckedIOException | StudioException e) {
      return Set.of();
    }
    return modules;
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    String some = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
    return names.size() > LISTED ? some + ", ..." : some;
  }
}
