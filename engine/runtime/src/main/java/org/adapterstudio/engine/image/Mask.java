package org.adapterstudio.engine.image;

import java.nio.file.Path;

/** A picture whose grey values are numbers of classes. */
public final class Mask {
  private Mask() {}

  /**
   * Reads a mask at another size: each point takes the value of the stored point its middle lies
   * in, so that no value appears that was not stored.
   *
   * @param labels takes height * width numbers, row by row
   * @param at where the first goes
   */
  public static void fill(Path file, int height, int width, long[] labels, int at) {
    Pixels pixels = ImageFile.read(file, 1);
    for (int y = 0; y < height; y++) {
      int row = pixels.row(0, (int) ((y + 0.5) * pixels.height() / height));
      for (int x = 0; x < width; x++) {
        int column = (int) ((x + 0.5) * pixels.width() / width);
        labels[at + y * width + x] = pixels.planes()[row + column] & 0xff;
      }
    }
  }
}
