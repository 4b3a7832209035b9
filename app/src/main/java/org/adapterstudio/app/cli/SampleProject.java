package org.adapterstudio.app.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;

/** Where the sample projects are: in the source tree, or in an installed image. */
final class SampleProject {
  private SampleProject() {}

  /** The folder of a sample project. */
  static Path find(String name) {
    Path wanted = Path.of("sample-projects").resolve(name);
    String root = System.getProperty("adapterstudio.root");
    if (root != null && isProject(Path.of(root).resolve(wanted))) {
      return Path.of(root).resolve(wanted);
    }
    Path found = above(Path.of(System.getProperty("java.home")), wanted);
    found = found != null ? found : above(classes(), wanted);
    if (found == null) {
      throw StudioException.badInput(
          "The sample project " + name + " is not beside this program.",
          "Start the studio by its own script or image.");
    }
    return found;
  }

  private static Path above(Path start, Path wanted) {
    for (Path at = start; at != null; at = at.getParent()) {
      if (isProject(at.resolve(wanted))) {
        return at.resolve(wanted);
      }
    }
    return null;
  }

  private static boolean isProject(Path folder) {
    return Files.isRegularFile(folder.resolve("recipe.json"));
  }

  private static Path classes() {
    try {
      var source = SampleProject.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
