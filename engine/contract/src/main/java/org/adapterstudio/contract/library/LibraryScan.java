package org.adapterstudio.contract.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Walks folders for models, adapters and data sets, following links, entering each real folder once
 * however it is reached. Reports each find at once; one broken file never hides another.
 */
public final class LibraryScan {
  /** Folders below a root are looked at down to this depth. */
  public static final int DEPTH = 8;

  private static final Set<String> PASSED_OVER =
      Set.of("blobs", "refs", "node_modules", "__pycache__", "target", "build", "inbox");

  private final Consumer<LibraryEntry> found;
  private final BooleanSupplier cancelled;
  private final Set<Path> entered = new HashSet<>();
  private final Set<Path> unreadable = new HashSet<>();

  /** A scan that reports to a consumer, on the calling thread, until told to end. */
  public LibraryScan(Consumer<LibraryEntry> found, BooleanSupplier cancelled) {
    this.found = found;
    this.cancelled = cancelled;
  }

  /** Everything in some folders, in the order of the walk. */
  public static List<LibraryEntry> all(Path... roots) {
    var entries = new ArrayList<LibraryEntry>();
    var scan = new LibraryScan(entries::add, () -> false);
    for (Path root : roots) {
      scan.folder(root);
    }
    return entries;
  }

  /** Walks one root; what an earlier root already held is not reported again. */
  public void folder(Path root) {
    visit(root.toAbsolutePath().normalize(), 0);
  }

  /** How many folders were entered so far. */
  public int folders() {
    return entered.size();
  }

  /** Folders that the system would not let us read. */
  public Set<Path> unreadable() {
    return Set.copyOf(unreadable);
  }

  private void visit(Path folder, int depth) {
    if (cancelled.getAsBoolean() || !enter(folder)) {
      return;
    }
    List<Path> children = children(folder);
    Optional<? extends LibraryEntry> here = whole(folder, children);
    here.ifPresent(found);
    boolean run = Files.isRegularFile(folder.resolve("recipe.json"));
    for (Path child : children) {
      if (Files.isDirectory(child)) {
        if (depth < DEPTH && worthEntering(child, run)) {
          visit(child, depth + 1);
        }
      } else if (here.isEmpty() && !run && !cancelled.getAsBoolean()) {
        DataFile.read(child).ifPresent(found);
      }
    }
  }

  private static Optional<? extends LibraryEntry> whole(Path folder, List<Path> children) {
    if (Files.isRegularFile(folder.resolve("adapter_config.json"))) {
      return Optional.of(AdapterFolder.read(folder));
    }
    return Files.isRegularFile(folder.resolve("config.json"))
        ? ModelFolder.read(folder)
        : Optional.empty();
  }

  private boolean enter(Path folder) {
    try {
      return entered.add(folder.toRealPath());
    } catch (IOException e) {
      unreadable.add(folder);
      return false;
    }
  }

  private static boolean worthEntering(Path folder, boolean insideRun) {
    String name = folder.getFileName().toString();
    return !name.startsWith(".")
        && !PASSED_OVER.contains(name)
        && !(insideRun && name.equals("checkpoints"));
  }

  private List<Path> children(Path folder) {
    try (var paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      unreadable.add(folder);
      return List.of();
    }
  }
}
