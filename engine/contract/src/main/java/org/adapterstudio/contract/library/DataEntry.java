package org.adapterstudio.contract.library;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of rows.
 *
 * @param format jsonl, json, csv or parquet
 * @param columns names in the first row; none of a Parquet file, whose names the engine reads
 */
public record DataEntry(
    Path path, String name, String format, List<String> columns, long bytes, String problem)
    implements LibraryEntry {
  public DataEntry {
    columns = List.copyOf(columns);
  }
}
