package org.adapterstudio.contract.library;

import java.nio.file.Path;
import java.util.Set;
import org.adapterstudio.contract.StudioException;

/** What people call a folder: the hub's {@code org/name} where the path tells it. */
final class EntryName {
  private static final String MODELS = "models--";
  private static final Set<String> SAY_NOTHING =
      Set.of("base", "model", "adapter", "merged", "data", "final");

  private EntryName() {}

  /**
   * Name of a folder. In the Hugging Face cache ({@code models--org--name/snapshots/REVISION}) it
   * is {@code org/name}; a name that says nothing alone, such as {@code base}, takes its parent's
   * before it.
   */
  static String of(Path folder) {
    for (Path at = folder; at != null && at.getFileName() != null; at = at.getParent()) {
      String name = at.getFileName().toString();
      if (name.startsWith(MODELS)) {
        return name.substring(MODELS.length()).replace("--", "/");
      }
    }
    String own = folder.getFileName() == null ? folder.toString() : folder.getFileName().toString();
    Path parent = folder.getParent();
    return SAY_NOTHING.contains(own) && parent != null && parent.getFileName() != null
        ? parent.getFileName() + "/" + own
        : own;
  }

  /** What went wrong, files inside the folder named without the way to it. */
  static String inside(Path folder, StudioException cause) {
    return cause.failure().sentence().replace(folder + folder.getFileSystem().getSeparator(), "");
  }
}
