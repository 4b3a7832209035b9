package org.adapterstudio.engine.image;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;

/**
 * How a model's pictures become numbers: resize, centre crop, rescale, normalise, in this order and
 * with the rounding of Hugging Face's image processors on Pillow.
 *
 * @param size the picture is resized to; null where it is not
 * @param filter of the resize
 * @param crop cut out of the middle, black where the picture is smaller; null where none
 * @param tables the number that each of the 256 sample values becomes, a row a channel
 */
public record ImagePreparation(
    Target size, Resampling filter, Target.Exact crop, float[][] tables) {
  /** Reads a model folder's preprocessor configuration; a missing or odd one is bad input. */
  public static ImagePreparation read(Path folder) {
    PreparationFile file = PreparationFile.read(folder);
    return new ImagePreparation(
        file.flag("do_resize", true) ? file.size() : null,
        file.resampling(),
        file.flag("do_center_crop", file.clip()) ? file.crop() : null,
        tables(file));
  }

  private static float[][] tables(PreparationFile file) {
    boolean normalise = file.flag("do_normalize", true);
    float[] mean = file.channels("image_mean", false);
    float[] deviation = file.channels("image_std", true);
    if (mean.length != deviation.length) {
      throw file.wrong("image_std", "has not as many numbers as image_mean");
    }
    double scale = file.flag("do_rescale", true) ? file.scale() : 1;
    float[][] tables = new float[mean.length][256];
    for (int c = 0; c < mean.length; c++) {
      for (int value = 0; value < 256; value++) {
        // In float32 after the scale, as the reference does, so that results are bit-equal.
        float scaled = (float) (value * scale);
        tables[c][value] = normalise ? (scaled - mean[c]) / deviation[c] : scaled;
      }
    }
    return tables;
  }

  /** 3 for colour, 1 for luminance. */
  public int channels() {
    return tables.length;
  }

  /**
   * Numbers of some pictures of one size.
   *
   * @param values [rows, channels, height, width]
   */
  public record Prepared(float[] values, int rows, int channels, int height, int width) {}

  /** Reads and prepares some files, all of which must come out at one size. */
  public Prepared prepare(List<Path> files) {
    Pixels first = pixels(files.getFirst());
    int size = first.planes().length;
    float[] values = new float[Math.multiplyExact(files.size(), size)];
    for (int i = 0; i < files.size(); i++) {
      Pixels one = i == 0 ? first : pixels(files.get(i));
      if (one.width() != first.width() || one.height() != first.height()) {
        throw StudioException.badInput(
            "%s becomes %d x %d pixels, another picture of its batch %d x %d."
                .formatted(files.get(i), one.width(), one.height(), first.width(), first.height()),
            "Set do_center_crop, or a size of height and width, in preprocessor_config.json.");
      }
      numbers(one, values, i * size);
    }
    return new Prepared(values, files.size(), channels(), first.height(), first.width());
  }

  private Pixels pixels(Path file) {
    Pixels pixels = ImageFile.read(file, channels());
    if (size != null) {
      Target.Sides sides = size.of(pixels.width(), pixels.height());
      requireSize(file, pixels, sides);
      pixels = Resize.to(pixels, (int) sides.width(), (int) sides.height(), filter);
    }
    return crop == null ? pixels : crop(pixels);
  }

  /** Refuses a strip so thin that its longer edge would leave the memory. */
  private static void requireSize(Path file, Pixels pixels, Target.Sides sides) {
    long most = Pixels.MOST;
    if (sides.width() > most || sides.height() > most || sides.width() * sides.height() > most) {
      throw StudioException.badInput(
          "%s, a strip of %d x %d pixels, would be resized to %d x %d."
              .formatted(file, pixels.width(), pixels.height(), sides.width(), sides.height()),
          "Take it out of the folder, or cut it to a usual shape.");
    }
  }

  private Pixels crop(Pixels source) {
    Pixels result = Pixels.black(crop.width(), crop.height(), source.channels());
    int left = Math.floorDiv(source.width() - crop.width(), 2);
    int top = Math.floorDiv(source.height() - crop.height(), 2);
    int from = Math.max(0, -left);
    int count = Math.min(crop.width(), source.width() - left) - from;
    for (int c = 0; c < source.channels(); c++) {
      for (int y = Math.max(0, -top); y < crop.height() && y + top < source.height(); y++) {
        System.arraycopy(
            source.planes(),
            source.row(c, y + top) + left + from,
            result.planes(),
            result.row(c, y) + from,
            count);
      }
    }
    return result;
  }

  private void numbers(Pixels pixels, float[] values, int at) {
    int plane = pixels.width() * pixels.height();
    for (int i = 0; i < pixels.planes().length; i++) {
      values[at + i] = tables[i / plane][pixels.planes()[i] & 0xff];
    }
  }
}
