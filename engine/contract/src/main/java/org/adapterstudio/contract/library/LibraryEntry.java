package org.adapterstudio.contract.library;

import java.nio.file.Path;

/** Something a scan found. A broken thing is found too, with the reason in {@link #problem}. */
public sealed interface LibraryEntry permits ModelEntry, AdapterEntry, DataEntry {
  /** Folder of a model or adapter, file of a data set, as it was reached (links not resolved). */
  Path path();

  /** Name for people: {@code org/name} inside the Hugging Face cache, else the folder's. */
  String name();

  /** Size on disk, links followed. */
  long bytes();

  /** Why it cannot be used, in a sentence; empty where it can. */
  String problem();

  /** Whether nothing is known to be wrong with it. */
  default boolean sound() {
    return problem().isEmpty();
  }
}
