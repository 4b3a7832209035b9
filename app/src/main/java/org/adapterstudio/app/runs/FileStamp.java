package org.adapterstudio.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells without opening it whether a file changed.
 *
 * @param size in bytes; -1 where there is no file
 * @param modified milliseconds since 1970
 */
record FileStamp(long size, long modified) {
  /** No file. */
  static final FileStamp NONE = new FileStamp(-1, 0);

  static FileStamp of(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      return NONE;
    }
  }
}
