package org.adapterstudio.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.adapterstudio.contract.json.AtomicFile;

/**
 * Writes pictures of a shape on noise, beside each a mask in which the shape's points are 1 and all
 * others 0. The same seed gives the same files.
 */
public final class Shapes {
  /** Pixels along a side. */
  static final int SIDE = 32;

  private static final int SMALLEST = 4;
  private static final int LARGEST = 10;
  private static final int NOISE = 90;

  private final SplittableRandom random;
  private final Kind kind;

  private Shapes(Kind kind, long seed) {
    this.kind = kind;
    random = new SplittableRandom(seed);
  }

  /** What is drawn. */
  public enum Kind {
    /** Bright discs. */
    DISCS,
    /** Dark squares, of which a network that knows discs finds little. */
    SQUARES
  }

  /** {@code FOLDER KIND COUNT SEED}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: Shapes FOLDER discs|squares COUNT SEED");
      System.exit(2);
    }
    Kind kind = Kind.valueOf(args[1].toUpperCase(java.util.Locale.ROOT));
    write(Path.of(args[0]), kind, Integer.parseInt(args[2]), Long.parseLong(args[3]));
  }

  /** Writes the folder: pictures, masks, and the metadata file that joins them. */
  static void write(Path folder, Kind kind, int count, long seed) throws IOException {
    var shapes = new Shapes(kind, seed);
    Files.createDirectories(folder.resolve("pictures"));
    Files.createDirectories(folder.resolve("masks"));
    List<String> lines = new ArrayList<>();
    lines.add("file_name,mask");
    for (int i = 0; i < count; i++) {
      String name = "%04d.png".formatted(i);
      shapes.draw(folder.resolve("pictures").resolve(name), folder.resolve("masks").resolve(name));
      lines.add("pictures/%s,masks/%s".formatted(name, name));
    }
    AtomicFile.write(folder.resolve("metadata.csv"), String.join("\n", lines) + "\n");
  }

  private void draw(Path picture, Path mask) throws IOException {
    var colours = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    var classes = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    int size = random.nextInt(SMALLEST, LARGEST + 1);
    int x0 = random.nextInt(size, SIDE - size);
    int y0 = random.nextInt(size, SIDE - size);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean inside = inside(x - x0, y - y0, size);
        colours.setRGB(x, y, colour(inside));
        classes.getRaster().setSample(x, y, 0, inside ? 1 : 0);
      }
    }
    ImageIO.write(colours, "png", picture.toFile());
    ImageIO.write(classes, "png", mask.toFile());
  }

  private boolean inside(int x, int y, int size) {
    return switch (kind) {
      case DISCS -> x * x + y * y <= size * size;
      case SQUARES -> Math.max(Math.abs(x), Math.abs(y)) <= size;
    };
  }

  private int colour(boolean inside) {
    int middle = !inside ? 128 : kind == Kind.DISCS ? 190 : 66;
    int colour = 0;
    for (int c = 0; c < 3; c++) {
      int value = middle + random.nextInt(-NOISE, NOISE + 1);
      colour = colour << 8 | Math.clamp(value, 0, 255);
    }
    return colour;
  }
}
