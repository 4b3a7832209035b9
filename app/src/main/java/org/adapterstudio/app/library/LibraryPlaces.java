package org.adapterstudio.app.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where models may lie that nobody has added yet: other programs' caches and the built-in sample.
 */
final class LibraryPlaces {
  private final Map<String, String> environment;
  private final Path userHome;
  private final Path workingFolder;

  LibraryPlaces(Map<String, String> environment, Path userHome, Path workingFolder) {
    this.environment = environment;
    this.userHome = userHome;
    this.workingFolder = workingFolder;
  }

  /** The Hugging Face cache of this person, there or not. */
  Path hubCache() {
    String hub = environment.get("HF_HUB_CACHE");
    if (hub != null && !hub.isBlank()) {
      return Path.of(hub);
    }
    String home = environment.get("HF_HOME");
    return home != null && !home.isBlank()
        ? Path.of(home, "hub")
        : userHome.resolve(".cache/huggingface/hub");
  }

  /** The built-in sample projects, where this installation has them. */
  Optional<Path> samples() {
    var places = new ArrayList<Path>();
    String set = System.getProperty("studio.samples");
    if (set != null) {
      places.add(Path.of(set));
    }
    String root = environment.get("STUDIO_ROOT");
    if (root != null && !root.isBlank()) {
      places.add(Path.of(root, "sample-projects"));
    }
    for (Path at = workingFolder.toAbsolutePath(); at != null; at = at.getParent()) {
      places.add(at.resolve("sample-projects"));
    }
    return places.stream().filter(Files::isDirectory).findFirst();
  }

  /** Every such folder that exists. */
  List<Path> existing() {
    var found = new ArrayList<Path>();
    samples().ifPresent(found::add);
    found.addAll(
        List.of(
            hubCache(),
            userHome.resolve(".lmstudio/models"),
            userHome.resolve(".cache/lm-studio/models")));
    return found.stream().filter(Files::isDirectory).toList();
  }
}
