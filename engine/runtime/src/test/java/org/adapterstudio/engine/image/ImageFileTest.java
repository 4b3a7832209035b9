package org.adapterstudio.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  private static final Path PICTURES =
      Path.of("src/test/resources/golden/selfmade/preparation/images");

  @TempDir Path folder;

  @Test
  void namesTheFileThatIsNoPicture() throws IOException {
    refused(
        Files.writeString(folder.resolve("notes.png"), "not a picture"), "neither PNG nor JPEG");
    refused(Files.writeString(folder.resolve("a.gif"), "GIF89a......"), "but GIF");
    refused(Files.createFile(folder.resolve("empty.png")), "it is empty");
    assertThatThrownBy(() -> ImageFile.read(folder.resolve("missing.png"), 3))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("missing.png cannot be read: there is no such file");
  }

  @Test
  void refusesPicturesThatAreCutShort() throws IOException {
    for (String name : new String[] {"wide.png", "photo.jpg"}) {
      byte[] whole = Files.readAllBytes(PICTURES.resolve(name));
      for (int length : new int[] {20, whole.length / 2, whole.length - 3}) {
        refused(Files.write(folder.resolve(name), Arrays.copyOf(whole, length)), "cut short");
      }
    }
  }

  @Test
  void refusesAPictureThatDeclaresMorePixelsThanItsDataCanHold() throws IOException {
    Path png = changed("wide.png", bytes -> bytes.putInt(16, 30_000).putInt(20, 30_000));
    refused(png, "it declares 30000 x 30000 pixels, more than its data can hold");
    Path jpeg = changed("photo_grey.jpg", bytes -> declare(bytes, 60_000, 50_000));
    refused(jpeg, "it declares 60000 x 50000 pixels, more than its data can hold");
  }

  @Test
  void refusesAPictureOfMorePixelsThanAnyModelNeeds() throws IOException {
    Path file = folder.resolve("huge.png");
    ImageIO.write(
        new BufferedImage(9000, 9000, BufferedImage.TYPE_BYTE_BINARY), "png", file.toFile());
    assertThatThrownBy(() -> ImageFile.read(file, 3))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has 9000 x 9000 pixels; at most 64 million are read");
  }

  @Test
  void refusesPixelsThatAreDamaged() throws IOException {
    Path png = changed("wide.png", bytes -> bytes.put(60, (byte) (bytes.get(60) ^ 0x55)));
    refused(png, "its pixels are damaged");
  }

  @Test
  void refusesWhatTheReferenceWouldSpoil() throws IOException {
    Path deep = folder.resolve("deep.png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY), "png", deep.toFile());
    refused(deep, "16-bit greyscale");
  }

  @Test
  void luminanceWeighsColoursAsPillowDoes() {
    var pixels = new Pixels(1, 1, 3, new byte[] {(byte) 200, 100, 50});
    assertThat(pixels.luminance().planes()[0] & 0xff).isEqualTo(124);
  }

  @Test
  void refusesToStretchAStripBeyondMemory() throws IOException {
    Path strip = folder.resolve("strip.png");
    ImageIO.write(
        new BufferedImage(40_000, 1, BufferedImage.TYPE_BYTE_GRAY), "png", strip.toFile());
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        model.resolve("preprocessor_config.json"),
        "{\"image_processor_type\": \"CLIPImageProcessor\"}");
    assertThatThrownBy(() -> ImagePreparation.read(model).prepare(List.of(strip)))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("a strip of 40000 x 1 pixels, would be resized to 8960000 x 224");
  }

  private Path changed(String name, Consumer<ByteBuffer> change) throws IOException {
    byte[] bytes = Files.readAllBytes(PICTURES.resolve(name));
    change.accept(ByteBuffer.wrap(bytes));
    if (name.endsWith(".png")) {
      var crc = new CRC32();
      crc.update(bytes, 12, 17);
      ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    }
    return Files.write(folder.resolve("changed-" + name), bytes);
  }

  /** Writes a size into the frame segment. */
  private static void declare(ByteBuffer jpeg, int width, int height) {
    int at = 2;
    while ((jpeg.get(at + 1) & 0xff) != 0xc0) {
      at += 2 + (jpeg.getShort(at + 2) & 0xffff);
    }
    jpeg.putShort(at + 5, (short) height).putShort(at + 7, (short) width);
  }

  private static void refused(Path file, String words) {
    assertThatThrownBy(() -> ImageFile.read(file, 3))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(words);
  }
}
