package org.adapterstudio.engine;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.adapterstudio.engine.export.UntrainedModel;

/**
 * Small pictures in class folders that are easily told apart, and an untrained model that sees
 * them.
 */
public final class PicoPictures {
  private final Path folder;

  /** Everything is made below {@code folder}. */
  public PicoPictures(Path folder) {
    this.folder = folder;
  }

  /** An untrained ViT without a head for pictures of 16 x 16. */
  public Path vit() {
    return untrained("vit", Golden.selfMade("vit_headless"));
  }

  /** Untrained twin towers for pictures of 16 x 16, with a tokenizer. */
  public Path clip() {
    return untrained("clip", Golden.selfMade("clip_zero_shot"));
  }

  private Path untrained(String name, Path like) {
    try {
      Path from = Files.createDirectories(folder.resolve(name + "-config"));
      for (String file : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
        if (Files.exists(like.resolve(file))) {
          Files.copy(like.resolve(file), from.resolve(file));
        }
      }
      Path preparation = Golden.selfMade("clip_zero_shot").resolve("preprocessor_config.json");
      Files.copy(preparation, from.resolve("preprocessor_config.json"));
      Path made = folder.resolve(name);
      UntrainedModel.write(from, made, 1);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with a folder for each colour, each with so many noisy pictures of it. */
  public Path colours(String name, int each, Color... colours) {
    Path place = folder.resolve(name);
    var random = new Random(name.hashCode());
    for (Color colour : colours) {
      Path one = place.resolve(nameOf(colour));
      for (int i = 0; i < each; i++) {
        write(one.resolve("%03d.png".formatted(i)), colour, random);
      }
    }
    return place;
  }

  private static String nameOf(Color colour) {
    return colour.equals(Color.RED) ? "red" : colour.equals(Color.GREEN) ? "green" : "blue";
  }

  private static void write(Path file, Color colour, Random random) {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      int noise = random.nextInt(0x1000000) & 0x3f3f3f;
      image.setRGB(i % 16, i / 16, (colour.getRGB() & 0xc0c0c0) | noise);
    }
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
