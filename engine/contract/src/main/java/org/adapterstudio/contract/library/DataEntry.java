package org.adapterstudio.contract.library;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of rows.
 *
 * @param format jsonl, json or csv
 * @param columns names in the first row
 */
public record DataEntry(
    Path path, String name, String format, List<String> columns, long bytes, String problem)
    implements LibraryEntry {
  public DataEntry {
    columns = List.copyOf(columns);
  }
}
