package org.adapterstudio.engine.merge;

import java.nio.file.Path;
import org.adapterstudio.engine.export.StoredAdapter;

/**
 * An adapter that goes into a merge.
 *
 * @param adapter as it is stored
 * @param weight its update is multiplied by; negative takes it away
 */
public record Part(StoredAdapter adapter, double weight) {
  /** The adapter of a folder. */
  public static Part of(Path folder, double weight) {
    return new Part(StoredAdapter.read(folder), weight);
  }

  /** Whether the adapter goes in as it is. */
  boolean whole() {
    return weight == 1;
  }
}
