package org.adapterstudio.app.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.adapterstudio.contract.library.AdapterEntry;
import org.adapterstudio.contract.library.DataEntry;
import org.adapterstudio.contract.library.LibraryEntry;
import org.adapterstudio.contract.library.ModelEntry;

/**
 * Which adapter was made for which base. Comparing them follows links on disk, so the scanning
 * thread does it once for each pair, and the screen looks it up.
 */
final class Belongings {
  private final Map<Path, Path> baseOfAdapter;
  private final List<ModelEntry> models = new ArrayList<>();
  private final List<AdapterEntry> adapters = new ArrayList<>();

  /** The pairs of a scan, written into a map that other threads may read. */
  Belongings(ConcurrentHashMap<Path, Path> baseOfAdapter) {
    this.baseOfAdapter = baseOfAdapter;
  }

  /** Compares a new entry with all earlier ones. */
  void note(LibraryEntry entry) {
    switch (entry) {
      case ModelEntry model -> {
        models.add(model);
        adapters.forEach(adapter -> pair(adapter, model));
      }
      case AdapterEntry adapter -> {
        adapters.add(adapter);
        models.forEach(model -> pair(adapter, model));
      }
      case DataEntry _ -> {}
    }
  }

  private void pair(AdapterEntry adapter, ModelEntry model) {
    if (adapter.belongsTo(model)) {
      baseOfAdapter.putIfAbsent(adapter.path(), model.path());
    }
  }
}
