package org.adapterstudio.engine.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/**
 * Decodes PNG and JPEG files as Pillow's {@code convert("RGB")} sees them: upright, colour profiles
 * left out, transparency dropped, palettes resolved, 16-bit channels cut to their high byte.
 */
public final class ImageFile {
  static {
    System.setProperty("java.awt.headless", "true");
  }

  private static final byte[] JFIF = {
    (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private ImageFile() {}

  /**
   * A picture of a file; what cannot be read is bad input that names the file.
   *
   * @param channels 3 for red, green and blue, 1 for luminance
   */
  public static Pixels read(Path file, int channels) {
    byte[] bytes = ImageHeader.bytes(file);
    ImageHeader header = ImageHeader.of(file, ByteBuffer.wrap(bytes));
    BufferedImage image = decode(file, header, bytes);
    if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
      throw ImageHeader.broken(file, "its header and its pixels disagree");
    }
    Pixels stored = colours(image);
    Pixels upright = Orientation.upright(stored, header.orientation());
    return channels == 1 ? upright.luminance() : upright;
  }

  private static BufferedImage decode(Path file, ImageHeader header, byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format()).next();
    var source = new ByteArrayInputStream(header.unmarked() ? marked(bytes) : bytes);
    try (var input = new MemoryCacheImageInputStream(source)) {
      reader.setInput(input, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // The decoders answer damaged files with exceptions of any kind.
      throw new StudioException(
          new Failure(
              "bad_input",
              file + " is not a picture that can be read: its pixels are damaged.",
              "Save it again as PNG or JPEG, or take it out of the folder.",
              e.toString()),
          e);
    } finally {
      reader.dispose();
    }
  }

  /**
   * A JPEG without a word on its colours is coded as JFIF says, which Java's decoder only assumes
   * where the marker is there.
   */
  private static byte[] marked(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length + JFIF.length);
    out.write(bytes, 0, 2);
    out.write(JFIF, 0, JFIF.length);
    out.write(bytes, 2, bytes.length - 2);
    return out.toByteArray();
  }

  private static Pixels colours(BufferedImage image) {
    Pixels pixels = Pixels.black(image.getWidth(), image.getHeight(), 3);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      resolve(image.getRaster(), palette, pixels);
    } else {
      copy(image.getRaster(), pixels);
    }
    return pixels;
  }

  private static void resolve(Raster raster, IndexColorModel palette, Pixels pixels) {
    int[] indices = new int[pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      raster.getSamples(0, y, pixels.width(), 1, 0, indices);
      for (int x = 0; x < indices.length; x++) {
        int colour = indices[x] < palette.getMapSize() ? palette.getRGB(indices[x]) : 0;
        for (int c = 0; c < 3; c++) {
          pixels.planes()[pixels.row(c, y) + x] = (byte) (colour >> (16 - 8 * c));
        }
      }
    }
  }

  /** Samples as stored: a conversion between colour spaces would bend grey values. */
  private static void copy(Raster raster, Pixels pixels) {
    int[] samples = new int[pixels.width()];
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    for (int c = 0; c < 3; c++) {
      int band = raster.getNumBands() < 3 ? 0 : c;
      for (int y = 0; y < pixels.height(); y++) {
        raster.getSamples(0, y, pixels.width(), 1, band, samples);
        int at = pixels.row(c, y);
        for (int sample : samples) {
          pixels.planes()[at++] = (byte) (sample >> shift);
        }
      }
    }
  }
}
