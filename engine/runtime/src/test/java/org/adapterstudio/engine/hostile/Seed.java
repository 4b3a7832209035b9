package org.adapterstudio.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A sound file to start from.
 *
 * @param file that the reader is given; others that it needs lie beside it
 * @param bytes that are damaged
 * @param wrap what is done to damaged bytes so that the damage is reached: a length or a checksum
 *     put right, a part put back into its archive
 */
record Seed(Path file, byte[] bytes, UnaryOperator<byte[]> wrap) {
  /** Damages a file as it is. */
  static Seed of(Path file) {
    return of(file, bytes -> bytes);
  }

  static Seed of(Path file, UnaryOperator<byte[]> wrap) {
    try {
      return new Seed(file, Files.readAllBytes(file), wrap);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.getParent().getFileName() + "/" + file.getFileName();
  }
}
